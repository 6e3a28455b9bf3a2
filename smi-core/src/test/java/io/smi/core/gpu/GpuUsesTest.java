package io.smi.core.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.schema.ProcessGpu;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GpuUsesTest {
    private static final Accelerators OF_THE_BUS = Accelerators.of(List.of(), List.of());
    private static final Accelerators OF_THE_VENDOR = Accelerators.ofUses(
            List.of(new GpuUse(7, "GPU-1", 5L, null, 2.0, "compute"), new GpuUse(8, "GPU-1", null, null, null, null)),
            List.of());

    @Test
    void aProcessMayUseSeveralDevices() {
        Accelerators other =
                Accelerators.ofUses(List.of(new GpuUse(7, "GPU-2", 6L, null, null, "graphics")), List.of());
        GpuUses uses = GpuUses.of(List.of(OF_THE_BUS, OF_THE_VENDOR, other));
        assertThat(uses.of(7))
                .containsExactly(
                        new ProcessGpu("GPU-1", 5L, null, 2.0, "compute"),
                        new ProcessGpu("GPU-2", 6L, null, null, "graphics"));
        assertThat(uses.of(8)).containsExactly(new ProcessGpu("GPU-1", null, null, null, null));
        assertThat(uses.of(9)).isEmpty();
    }

    @Test
    void whatNoSourceTellsIsNotKnown() {
        assertThat(GpuUses.of(List.of(OF_THE_BUS)).of(7)).isNull();
        assertThat(GpuUses.of(List.of(Accelerators.ofUses(List.of(), List.of())))
                        .of(7))
                .isEmpty();
    }

    @Test
    void ofAProcessThatMayNotBeLookedAtOnlyWhatAnotherSourceTellsIsKnown() {
        Accelerators denied = Accelerators.ofUses(List.of(), Set.of(7, 9), List.of());
        GpuUses uses = GpuUses.of(List.of(OF_THE_VENDOR, denied));
        assertThat(uses.of(7)).hasSize(1);
        assertThat(uses.of(9)).isNull();
        assertThat(uses.of(10)).isEmpty();
    }
}

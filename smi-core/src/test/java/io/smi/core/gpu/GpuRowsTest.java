package io.smi.core.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.schema.Gpu;
import io.smi.schema.GpuBuilder;
import io.smi.schema.GpuState;
import io.smi.schema.PcieBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GpuRowsTest {
    private static final Gpu OF_THE_VENDOR = GpuBuilder.builder()
            .index(0)
            .uuid("GPU-1")
            .pciBusId("0000:41:00.0")
            .name("H100")
            .state(GpuState.OK)
            .pcie(PcieBuilder.builder().generation(5).replayTotal(3L).build())
            .build();

    private static final Gpu OF_THE_BUS = GpuBuilder.builder()
            .index(1)
            .vendor("NVIDIA")
            .pciBusId("0000:41:00.0")
            .numaNode(1)
            .pcie(PcieBuilder.builder().generation(4).width(16).build())
            .build();

    private static Accelerators rows(Gpu... gpus) {
        return Accelerators.of(List.of(gpus), List.of());
    }

    @Test
    void takesFromTheNextSourceWhatTheBetterOneDoesNotKnow() {
        assertThat(GpuRows.of(List.of(rows(OF_THE_VENDOR), rows(OF_THE_BUS))))
                .containsExactly(GpuBuilder.builder(OF_THE_VENDOR)
                        .vendor("NVIDIA")
                        .numaNode(1)
                        .pcie(PcieBuilder.builder()
                                .generation(5)
                                .width(16)
                                .replayTotal(3L)
                                .build())
                        .build());
    }

    @Test
    void knowsADeviceWithoutAnAddressByItsUuid() {
        Gpu named = GpuBuilder.builder().uuid("fde60000.gpu").name("mali").build();
        Gpu busy = GpuBuilder.builder()
                .uuid("fde60000.gpu")
                .utilizationPercent(5.0)
                .engines(Map.of("fragment", 5.0))
                .build();
        assertThat(GpuRows.of(List.of(rows(named), rows(busy))))
                .containsExactly(GpuBuilder.builder(busy).name("mali").build());
    }

    @Test
    void rowsOfDevicesThatNobodyCanTellApartAreKept() {
        Gpu nameless = GpuBuilder.builder().name("a").build();
        assertThat(GpuRows.of(List.of(rows(nameless), rows(nameless)))).hasSize(2);
    }

    @Test
    void theyComeByAddress() {
        Gpu first = GpuBuilder.builder().pciBusId("0000:00:02.0").build();
        Gpu noAddress = GpuBuilder.builder().uuid("17000000.gpu").build();
        assertThat(GpuRows.of(List.of(rows(noAddress), rows(OF_THE_VENDOR), rows(first))))
                .containsExactly(first, OF_THE_VENDOR, noAddress);
    }
}

package io.smi.core.furiosa;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.core.command.Json;
import io.smi.schema.Gpu;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Keys and their form as users of RNGD cards show them in public, of {@code furiosa-smi info} and {@code status --format json}. */
class FuriosaSmiTest {
    private static final String INFO = """
            [{"arch":"rngd","dev_name":"npu0","device_uuid":"C0413086-0708-4606","device_sn":"RNG26040100181Q",
              "firmware":"2026.3.0, 2d3f72a","temperature":"40.98\\u00b0C","power":"38.00 W","core_clock":"2000 MHz",
              "governor":"Performance","pci_bdf":"0000:03:00.0"}]""";

    private static final String STATUS = """
            [{"arch":"rngd","device":"npu0","liveness":"alive",
              "memory":{"DRAM":{"used_size":0,"total_size":51002736640,"used_ratio":0.0}},
              "pe_utilizations":[{"pe_core":0,"pe_occupancy":false,"pe_utilization":0.5}]}]""";

    @Test
    void readsADevice() throws IOException {
        Gpu gpu = row(Json.parse(STATUS).elements());
        assertThat(gpu.uuid()).isEqualTo("C0413086-0708-4606");
        assertThat(gpu.pciBusId()).isEqualTo("0000:03:00.0");
        assertThat(gpu.temperatureCelsius()).isEqualTo(40.98);
        assertThat(gpu.powerWatts()).isEqualTo(38);
        assertThat(gpu.clockGraphicsMhz()).isEqualTo(2000);
        assertThat(gpu.memoryTotalBytes()).isEqualTo(51002736640L);
        assertThat(gpu.memoryUsedBytes()).isZero();
        assertThat(gpu.utilizationPercent()).isNull();
    }

    @Test
    void withoutItsStatusTheRestIsTold() throws IOException {
        Gpu gpu = row(List.of());
        assertThat(gpu.memoryTotalBytes()).isNull();
        assertThat(gpu.powerWatts()).isEqualTo(38);
    }

    private static Gpu row(List<Json> status) throws IOException {
        return FuriosaSmi.accelerators(Json.parse(INFO).elements(), status)
                .gpus()
                .getFirst();
    }
}

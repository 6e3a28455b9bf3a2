package io.smi.core.habana;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.core.Problems;
import io.smi.schema.Gpu;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What hl-smi 1.18.0 printed on a node with Gaudi, as slurm-monitor's tests have it; the other versions are made of it. */
class HlSmiTest {
    private static final String RECORDED = """
            name, uuid, power.draw [W], temperature.aip [C], utilization.aip [%], memory.used [MiB], memory.total [MiB]
            HL-205, 00P1-HL2000A1-14-P64W99-13-05-03, 103, 36, 15, 512, 32768
            HL-205, 00P1-HL2000A1-14-P64W99-02-08-05, 105, 34, 15, 512, 32768
            """;

    private final Problems problems = new Problems();

    @Test
    void readsColumnsByTheirNames() {
        List<Gpu> rows = HlSmi.rows(RECORDED, problems);
        assertThat(rows).hasSize(2);
        Gpu gpu = rows.getFirst();
        assertThat(gpu.uuid()).isEqualTo("00P1-HL2000A1-14-P64W99-13-05-03");
        assertThat(gpu.powerWatts()).isEqualTo(103);
        assertThat(gpu.temperatureCelsius()).isEqualTo(36);
        assertThat(gpu.utilizationPercent()).isEqualTo(15);
        assertThat(gpu.memoryUsedBytes()).isEqualTo(512L << 20);
        assertThat(gpu.memoryTotalBytes()).isEqualTo(32768L << 20);
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void aColumnThatWasDroppedIsNull() {
        Gpu gpu = HlSmi.rows("uuid, temperature.aip [C]\nA, 36\n", problems).getFirst();
        assertThat(gpu.powerWatts()).isNull();
        assertThat(gpu.temperatureCelsius()).isEqualTo(36);
    }

    @Test
    void anotherUnitIsNoNumber() {
        Gpu gpu = HlSmi.rows("uuid, power.draw [mW], memory.used [MiB]\nA, 36, N/A\n", problems)
                .getFirst();
        assertThat(gpu.powerWatts()).isNull();
        assertThat(gpu.memoryUsedBytes()).isNull();
    }

    @Test
    void garbageIsAProblem() {
        assertThat(HlSmi.rows("cannot open device\n", problems)).isEmpty();
        assertThat(problems.list()).hasSize(1);
    }

    @Test
    void aLineCutShortIsNoDevice() {
        assertThat(HlSmi.rows(RECORDED.substring(0, RECORDED.length() - 12), problems))
                .hasSize(1);
        assertThat(HlSmi.rows(RECORDED.substring(0, RECORDED.length() - 2), problems))
                .hasSize(1);
        assertThat(problems.list()).hasSize(2);
    }
}

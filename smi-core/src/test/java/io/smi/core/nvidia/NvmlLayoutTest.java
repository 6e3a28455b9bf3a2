package io.smi.core.nvidia;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.core.nvidia.NvmlLayout.Event;
import io.smi.core.nvidia.NvmlLayout.FanSpeed;
import io.smi.core.nvidia.NvmlLayout.FieldValue;
import io.smi.core.nvidia.NvmlLayout.GpmMetrics;
import io.smi.core.nvidia.NvmlLayout.GpmSupport;
import io.smi.core.nvidia.NvmlLayout.Memory;
import io.smi.core.nvidia.NvmlLayout.Memory2;
import io.smi.core.nvidia.NvmlLayout.PciInfo;
import io.smi.core.nvidia.NvmlLayout.ProcessInfo;
import io.smi.core.nvidia.NvmlLayout.ProcessInfo1;
import io.smi.core.nvidia.NvmlLayout.ProcessSample;
import io.smi.core.nvidia.NvmlLayout.Utilization;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Lays the members out that {@code nvml.h} declares, as C does: each at a multiple of its size, the whole a multiple of the
 * largest. Members are named by their size.
 */
class NvmlLayoutTest {
    /** The offsets of members of these sizes, and the size of the whole. */
    private static List<Integer> layout(int... sizes) {
        List<Integer> offsets = new ArrayList<>();
        int end = 0;
        int largest = 1;
        for (int size : sizes) {
            end = (end + size - 1) / size * size;
            offsets.add(end);
            end += size;
            largest = Math.max(largest, size);
        }
        offsets.add((end + largest - 1) / largest * largest);
        return offsets;
    }

    @Test
    void utilization() {
        assertThat(layout(4, 4)).containsExactly(Utilization.GPU, Utilization.MEMORY, Utilization.SIZE);
    }

    @Test
    void memory() {
        assertThat(layout(8, 8, 8)).containsExactly(Memory.TOTAL, Memory.FREE, Memory.USED, Memory.SIZE);
        assertThat(layout(4, 8, 8, 8, 8))
                .containsExactly(0, Memory2.TOTAL, Memory2.RESERVED, Memory2.FREE, Memory2.USED, Memory2.SIZE);
    }

    /** What NVIDIA's own bindings print for {@code nvmlMemory_v2} and {@code nvmlFanSpeedInfo_v1}. */
    @Test
    void versions() {
        assertThat(Memory2.VERSION).isEqualTo(0x0200_0028);
        assertThat(FanSpeed.VERSION).isEqualTo(0x0100_000c);
    }

    @Test
    void fanSpeed() {
        assertThat(layout(4, 4, 4)).containsExactly(0, 4, FanSpeed.SPEED, FanSpeed.SIZE);
    }

    @Test
    void fieldValue() {
        assertThat(layout(4, 4, 8, 8, 4, 4, 8))
                .containsExactly(
                        FieldValue.FIELD,
                        FieldValue.SCOPE,
                        8,
                        16,
                        FieldValue.TYPE,
                        FieldValue.RETURN,
                        FieldValue.VALUE,
                        FieldValue.SIZE);
    }

    @Test
    void processes() {
        assertThat(layout(4, 8, 4, 4)).containsExactly(ProcessInfo.PID, ProcessInfo.MEMORY, 16, 20, ProcessInfo.SIZE);
        assertThat(layout(4, 8)).containsExactly(ProcessInfo.PID, ProcessInfo.MEMORY, ProcessInfo1.SIZE);
        assertThat(layout(4, 8, 4, 4, 4, 4))
                .containsExactly(
                        ProcessSample.PID, ProcessSample.TIME, ProcessSample.SM, 20, 24, 28, ProcessSample.SIZE);
    }

    @Test
    void event() {
        assertThat(layout(8, 8, 8, 4, 4)).containsExactly(Event.DEVICE, Event.TYPE, Event.DATA, 24, 28, Event.SIZE);
    }

    @Test
    void profiling() {
        assertThat(layout(4, 4)).containsExactly(0, GpmSupport.SUPPORTED, GpmSupport.SIZE);
        List<Integer> metric = layout(4, 4, 8, 8, 8, 8);
        assertThat(metric).last().isEqualTo(GpmMetrics.METRIC_SIZE);
        assertThat(layout(4, 4, 8, 8, 8))
                .startsWith(0, GpmMetrics.COUNT, GpmMetrics.FIRST, GpmMetrics.LAST, GpmMetrics.ID);
        assertThat(GpmMetrics.RETURN).isEqualTo(GpmMetrics.ID + metric.get(1));
        assertThat(GpmMetrics.VALUE).isEqualTo(GpmMetrics.ID + metric.get(2));
    }

    /** Texts of 16 and 32 bytes around five numbers. */
    @Test
    void pciInfo() {
        assertThat(PciInfo.BUS_ID).isEqualTo(16 + 5 * 4);
        assertThat(PciInfo.SIZE).isEqualTo(PciInfo.BUS_ID + PciInfo.BUS_ID_SIZE);
    }
}

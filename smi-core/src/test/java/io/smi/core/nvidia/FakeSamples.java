package io.smi.core.nvidia;

import io.smi.core.nvidia.NvmlLayout.GpmMetrics;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The samples of a {@link FakeNvml}: two that are taken one after the other tell what the load was at the second. */
final class FakeSamples {
    private static final Sample EMPTY = new Sample(-1, -1);

    private final Map<Long, Sample> samples = new HashMap<>();
    private long allocated = 0x5a00_0000_0000L;
    private int taken;

    private record Sample(double load, int order) {}

    int held() {
        return samples.size();
    }

    long allocate() {
        allocated++;
        samples.put(allocated, EMPTY);
        return allocated;
    }

    int free(long sample) {
        return samples.remove(sample) == null ? NvmlReturn.INVALID_ARGUMENT : NvmlReturn.SUCCESS;
    }

    int take(@Nullable Double load, long sample) {
        if (load == null) {
            return NvmlReturn.NOT_FOUND;
        }
        taken++;
        return samples.replace(sample, new Sample(load, taken)) == null
                ? NvmlReturn.INVALID_ARGUMENT
                : NvmlReturn.SUCCESS;
    }

    int metrics(ByteBuffer get) {
        Sample first = samples.getOrDefault(get.getLong(GpmMetrics.FIRST), EMPTY);
        Sample last = samples.getOrDefault(get.getLong(GpmMetrics.LAST), EMPTY);
        if (get.getInt(0) != GpmMetrics.VERSION || first.order() < 0 || first.order() >= last.order()) {
            return NvmlReturn.INVALID_ARGUMENT;
        }
        boolean known = get.getInt(GpmMetrics.COUNT) == 1 && get.getInt(GpmMetrics.ID) == 1;
        get.putInt(GpmMetrics.RETURN, known ? NvmlReturn.SUCCESS : NvmlReturn.NOT_SUPPORTED);
        get.putDouble(GpmMetrics.VALUE, last.load());
        return NvmlReturn.SUCCESS;
    }
}

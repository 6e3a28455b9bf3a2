package io.smi.core.nvidia;

import io.smi.core.gpu.GpuUse;
import io.smi.core.nvidia.NvmlLayout.ProcessInfo;
import io.smi.core.nvidia.NvmlLayout.ProcessInfo1;
import io.smi.core.nvidia.NvmlLayout.ProcessSample;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The processes that use one GPU. Those that use an instance of it (MIG) are told under the GPU that it is a part of. */
final class CardProcesses {
    private static final String KEY = "processes.gpus";
    private static final int FIRST_ROOM = 32;
    private static final int MOST_ROOM = 1 << 16;
    private static final String COMPUTE = "compute";
    private static final String GRAPHICS = "graphics";

    private final Attached gpu;
    private final long handle;
    private ByteBuffer list = Scratch.buffer(FIRST_ROOM * ProcessInfo.SIZE);
    private ByteBuffer samples = Scratch.buffer(FIRST_ROOM * ProcessSample.SIZE);
    private long sampled;
    private @Nullable String uuid;

    CardProcesses(Attached gpu, long handle) {
        this.gpu = gpu;
        this.handle = handle;
    }

    /** Whether these are the processes of that handle. */
    boolean isOf(Attached other) {
        return gpu.equals(other);
    }

    /** One process so far. */
    private record Use(@Nullable Long memory, String kind) {
        /** The same process in another list; one that is in both has the same memory in both. */
        Use with(Use other) {
            return new Use(memory == null ? other.memory : memory, kind.equals(other.kind) ? kind : "compute+graphics");
        }

        /** The same process in another instance of the GPU. */
        Use plus(Use other) {
            return new Use(memory == null || other.memory == null ? null : memory + other.memory, kind);
        }
    }

    /** Adds what it finds; false when the driver does not tell of processes. */
    boolean read(Nvml nvml, Scratch scratch, Told told, List<GpuUse> uses) {
        Query query = new Query(nvml, scratch, gpu.name(), told);
        if (uuid == null) {
            uuid = query.text("uuid", "nvmlDeviceGetUUID", handle);
        }
        Map<Integer, Use> found = new TreeMap<>();
        boolean known = list(query, "nvmlDeviceGetComputeRunningProcesses", COMPUTE, found);
        known |= list(query, "nvmlDeviceGetGraphicsRunningProcesses", GRAPHICS, found);
        known |= list(query, "nvmlDeviceGetMPSComputeRunningProcesses", COMPUTE, found);
        String identity = uuid == null ? gpu.address() : uuid;
        if (identity == null || query.isLost()) {
            return false;
        }
        Map<Integer, Double> busy = found.isEmpty() ? Map.of() : busy(query);
        found.forEach((pid, use) -> uses.add(new GpuUse(pid, identity, use.memory(), null, busy.get(pid), use.kind())));
        return known;
    }

    /** Of the newest version of the function that the library has. */
    private boolean list(Query query, String function, String kind, Map<Integer, Use> found) {
        boolean known = fill(query, function + "_v3", ProcessInfo.SIZE, kind, found);
        if (!known && query.lastCode() == NvmlReturn.FUNCTION_NOT_FOUND) {
            known = fill(query, function + "_v2", ProcessInfo.SIZE, kind, found);
        }
        if (!known && query.lastCode() == NvmlReturn.FUNCTION_NOT_FOUND) {
            known = fill(query, function, ProcessInfo1.SIZE, kind, found);
        }
        return known;
    }

    private boolean fill(Query query, String function, int size, String kind, Map<Integer, Use> found) {
        ByteBuffer count = query.scratch().first();
        int room;
        boolean known;
        do {
            room = list.capacity() / size;
            count.putInt(0, room);
            known = query.fills(KEY, function, handle, count, list);
        } while (!known && query.lastCode() == NvmlReturn.INSUFFICIENT_SIZE && grow(count.getInt(0)));
        if (!known) {
            return false;
        }
        Map<Integer, Use> ofThisList = new HashMap<>();
        for (int i = 0; i < Math.min(count.getInt(0), room); i++) {
            int pid = list.getInt(i * size + ProcessInfo.PID);
            if (pid > 0) {
                Use use = new Use(Query.large(list, i * size + ProcessInfo.MEMORY), kind);
                ofThisList.merge(pid, use, Use::plus);
            }
        }
        ofThisList.forEach((pid, use) -> found.merge(pid, use, Use::with));
        return true;
    }

    /** Room for those there are, and some that come meanwhile. */
    private boolean grow(int needed) {
        int room = Math.max(2 * list.capacity() / ProcessInfo.SIZE, needed + needed / 4);
        if (room > MOST_ROOM) {
            return false;
        }
        list = Scratch.buffer(room * ProcessInfo.SIZE);
        return true;
    }

    /** How busy each process kept the GPU since the last sample that was seen of it. */
    private Map<Integer, Double> busy(Query query) {
        String function = "nvmlDeviceGetProcessUtilization";
        ByteBuffer count = query.scratch().first();
        count.putInt(0, samples.capacity() / ProcessSample.SIZE);
        boolean known = query.fills("processes.gpus.utilization_percent", function, handle, samples, count, sampled);
        if (!known && query.lastCode() == NvmlReturn.INSUFFICIENT_SIZE && count.getInt(0) <= MOST_ROOM) {
            samples = Scratch.buffer(Math.max(count.getInt(0), FIRST_ROOM) * ProcessSample.SIZE);
            count.putInt(0, samples.capacity() / ProcessSample.SIZE);
            known = query.fills("processes.gpus.utilization_percent", function, handle, samples, count, sampled);
        }
        return known ? newest(Math.min(count.getInt(0), samples.capacity() / ProcessSample.SIZE)) : Map.of();
    }

    private Map<Integer, Double> newest(int count) {
        Map<Integer, Double> busy = new HashMap<>();
        Map<Integer, Long> times = new HashMap<>();
        for (int i = 0; i < count; i++) {
            int at = i * ProcessSample.SIZE;
            int pid = samples.getInt(at + ProcessSample.PID);
            long time = samples.getLong(at + ProcessSample.TIME);
            Double percent = Load.percent(samples.getInt(at + ProcessSample.SM));
            if (pid > 0 && percent != null && time >= times.getOrDefault(pid, 0L)) {
                times.put(pid, time);
                busy.put(pid, percent);
            }
            sampled = Math.max(sampled, time);
        }
        return busy;
    }
}

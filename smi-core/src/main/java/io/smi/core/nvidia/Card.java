package io.smi.core.nvidia;

import io.smi.core.Problems;
import io.smi.schema.Gpu;
import io.smi.schema.GpuBuilder;
import io.smi.schema.GpuModes;
import io.smi.schema.GpuPartition;
import io.smi.schema.GpuState;
import io.smi.schema.PcieBuilder;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One GPU that is attached: its facts, and what is read of it in each pass. */
final class Card {
    private static final int KB = 1000;

    private final Attached gpu;
    private final long handle;
    private final Counters counters = new Counters();
    private final Partitions partitions = new Partitions();
    private final Told toldOfFacts = new Told(new Problems());
    private @Nullable Facts facts;

    Card(Attached gpu, long handle) {
        this.gpu = gpu;
        this.handle = handle;
    }

    /** Whether this is the card of that handle. */
    boolean isOf(Attached other) {
        return gpu.equals(other);
    }

    /** What is known of it while it cannot be asked: null when it never could. */
    @Nullable
    Gpu atRest() {
        return facts == null ? null : facts.row();
    }

    /**
     * Reads it.
     *
     * @param instances what tells how busy its instances are
     * @param measured whether to measure its traffic over PCI Express where it is not counted, which takes 40 ms
     */
    CardReading read(Nvml nvml, Scratch scratch, InstanceLoad instances, Told told, boolean measured) {
        Query query = new Query(nvml, scratch, gpu.name(), told);
        Facts known = facts == null ? facts(nvml, scratch) : facts;
        told.again(toldOfFacts);
        if (known == null) {
            return CardReading.lost(Facts.empty(gpu).build());
        }
        GpuBuilder row = GpuBuilder.builder(known.row());
        GpuModes modes = Modes.read(query, handle, known.vgpuHost());
        row.modes(modes);
        Load.read(query, handle, row);
        Condition.read(query, handle, known.hasFans(), row);
        Counters.Rest rest = counters.read(query, handle, row);
        row.links(known.links() == null ? null : known.links().read(query, handle));
        Boolean split = modes.mig();
        List<GpuPartition> parts =
                split != null && split ? partitions.read(query, handle, known.migCount()) : List.of();
        row.pcie(PcieBuilder.builder(known.pcie())
                .generation(
                        Facts.positive(query.number("pcie.generation", "nvmlDeviceGetCurrPcieLinkGeneration", handle)))
                .width(Facts.positive(query.number("pcie.width", "nvmlDeviceGetCurrPcieLinkWidth", handle)))
                .replayTotal(rest.replays())
                .build());
        boolean counted = rest.tx() != null && rest.rx() != null;
        Long tx = measured && !counted ? throughput(query, "pcie.tx_bytes_per_second", 0) : null;
        Long rx = measured && !counted ? throughput(query, "pcie.rx_bytes_per_second", 1) : null;
        row.partitions(instances.read(nvml, query, handle, parts));
        if (query.isLost()) {
            return CardReading.lost(known.row());
        }
        row.state(rest.degraded() || query.needsReset() ? GpuState.DEGRADED : GpuState.OK);
        return new CardReading(row.build(), rest.tx(), rest.rx(), tx, rx);
    }

    /** Null when it was lost meanwhile: then what was read is not all that there is. */
    private @Nullable Facts facts(Nvml nvml, Scratch scratch) {
        Query query = new Query(nvml, scratch, gpu.name(), toldOfFacts);
        Facts read = Facts.read(query, gpu, handle);
        facts = query.isLost() ? null : read;
        return facts;
    }

    private @Nullable Long throughput(Query query, String key, int direction) {
        Integer kilobytes = query.number(key, "nvmlDeviceGetPcieThroughput", handle, direction);
        return kilobytes == null ? null : Long.valueOf((long) KB * kilobytes);
    }

    /** Whether it does nothing for anybody: no load, and no process that uses it. */
    boolean isIdle(Nvml nvml, Scratch scratch, Gpu row) {
        Double busy = row.utilizationPercent();
        return busy != null
                && busy == 0
                && !isUsed(nvml, scratch, "nvmlDeviceGetComputeRunningProcesses_v3")
                && !isUsed(nvml, scratch, "nvmlDeviceGetGraphicsRunningProcesses_v3");
    }

    /** A list that is too short for the processes there are says so; one that cannot be read may hold some. */
    private boolean isUsed(Nvml nvml, Scratch scratch, String function) {
        ByteBuffer count = scratch.first();
        return nvml.call(function, handle, count, scratch.struct(0)) != NvmlReturn.SUCCESS || count.getInt(0) != 0;
    }
}

package io.smi.core.intel;

import io.smi.core.Problems;
import io.smi.core.gpu.Absent;
import io.smi.core.kernel.Attributes;
import io.smi.core.kernel.Attributes.Attribute;
import io.smi.core.kernel.KernelFiles;
import io.smi.schema.Gpu;
import io.smi.schema.GpuBuilder;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a card tells while it is awake: facts, looked up when it first is, and the files that are read each time. */
final class Gauges implements Closeable {
    /** Where the GPU of Intel's processors is, and seldom a card. */
    private static final String OF_A_PROCESSOR = "0000:00:02.0";

    private final Problems told = new Problems();
    private final Attributes files;
    private final List<Gt> gts;
    private final @Nullable Sensors sensors;
    private final Gpu facts;
    private final List<Absent> absent;

    /** Of the card in this folder, with this PCI address. */
    Gauges(KernelFiles sys, String card, String address) {
        String device = card + "/device";
        this.files = new Attributes(sys, device);
        this.gts = Gt.all(sys, card);
        this.sensors = Sensors.open(sys, device, told);
        // Sensors are a card's own, and measure no processor.
        this.facts = facts(address.equals(OF_A_PROCESSOR) && sensors == null);
        this.absent = absent(address);
    }

    private Gpu facts(boolean sharesMemory) {
        Attribute memoryClock = files.number("tile0/memory/freq0/max_freq", 1, Gt.FASTEST_MHZ);
        return GpuBuilder.builder()
                .clockGraphicsMaxMhz(gts.isEmpty() ? null : gts.getFirst().clockMaxMhz(told))
                .clockMemoryMaxMhz(memoryClock.readInt(1, told))
                .memorySharedWithHost(sharesMemory ? Boolean.TRUE : null)
                .build();
    }

    private List<Absent> absent(String address) {
        List<Absent> absent = new ArrayList<>();
        if (!Boolean.TRUE.equals(facts.memorySharedWithHost())) {
            absent.add(notSupported(address, "memory_total_bytes", "told to programs that open the card, in no file"));
        }
        if (sensors == null || !sensors.measuresEnergy()) {
            absent.add(notSupported(address, "power_watts", "hwmon/energy1_input"));
        }
        if (sensors == null || !sensors.measuresTemperature()) {
            absent.add(notSupported(address, "temperature_celsius", "hwmon/temp*_input"));
        }
        return List.copyOf(absent);
    }

    private static Absent notSupported(String address, String key, String detail) {
        return new Absent(address, key, Absent.Cause.NOT_SUPPORTED, detail);
    }

    /** Of each GT that tells. */
    Map<String, Long> idleMillis(Problems problems) {
        Map<String, Long> idle = new HashMap<>();
        for (Gt gt : gts) {
            Long millis = gt.idleMillis(problems);
            if (millis != null) {
                idle.put(gt.name(), millis);
            }
        }
        return idle;
    }

    /** What the driver does not tell of this card. */
    List<Absent> absent() {
        return absent;
    }

    /** All of it, without what identifies the card. */
    GpuBuilder read(Problems problems) {
        problems.addAll(told);
        GpuBuilder row = GpuBuilder.builder(facts);
        row.clockGraphicsMhz(gts.isEmpty() ? null : gts.getFirst().clockMhz(problems));
        row.throttleReasons(Throttle.reasons(gts, problems));
        if (sensors != null) {
            sensors.read(row, problems);
        }
        return row;
    }

    @Override
    public void close() throws IOException {
        files.close();
        for (Gt gt : gts) {
            gt.close();
        }
        if (sensors != null) {
            sensors.close();
        }
    }
}

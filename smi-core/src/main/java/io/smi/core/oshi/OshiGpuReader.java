package io.smi.core.oshi;

import io.smi.core.Problems;
import io.smi.core.Reader;
import io.smi.core.Readings;
import io.smi.schema.DeviceType;
import io.smi.schema.Gpu;
import io.smi.schema.GpuBuilder;
import java.util.ArrayList;
import java.util.List;
import oshi.hardware.GraphicsCard;
import oshi.hardware.HardwareAbstractionLayer;

/** OSHI's {@code GraphicsCard}s: what they are, and not what they do. */
public final class OshiGpuReader implements Reader<List<Gpu>> {
    private final HardwareAbstractionLayer hardware;

    OshiGpuReader(HardwareAbstractionLayer hardware) {
        this.hardware = hardware;
    }

    @Override
    public List<Gpu> read(Problems problems) {
        List<Gpu> rows = new ArrayList<>();
        for (GraphicsCard card : hardware.getGraphicsCards()) {
            rows.add(GpuBuilder.builder()
                    .index(rows.size())
                    .name(Known.text(card.getName()))
                    .vendor(Known.text(card.getVendor()))
                    .deviceType(DeviceType.GPU)
                    .memoryTotalBytes(Known.positive(card.getVRam()))
                    .build());
        }
        return rows;
    }

    /** The rows of its section. */
    public static List<Gpu> rows(Readings readings) {
        List<Gpu> rows = readings.get(OshiGpuReader.class);
        return rows == null ? List.of() : rows;
    }
}

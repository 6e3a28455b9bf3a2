package io.smi.core.furiosa;

import io.smi.core.Problems;
import io.smi.core.command.Command;
import io.smi.core.command.Inquiry;
import io.smi.core.command.Json;
import io.smi.core.command.Quantity;
import io.smi.core.gpu.Absent;
import io.smi.core.gpu.Accelerators;
import io.smi.core.gpu.CommandReader;
import io.smi.schema.DeviceType;
import io.smi.schema.Gpu;
import io.smi.schema.GpuBuilder;
import io.smi.schema.GpuState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code furiosa-smi info} and {@code furiosa-smi status}, as JSON. Whether the load of its cores is a share of one or of a hundred
 * is documented nowhere: it is not told.
 */
final class FuriosaSmi implements CommandReader.Tool {
    private static final double MOST_BYTES = 1L << 50;
    private static final double HOTTEST = 200;
    private static final double STRONGEST = 100_000;
    private static final double FASTEST = 100_000;

    private final Inquiry info;
    private final Inquiry status;

    FuriosaSmi(Command command) {
        this.info = new Inquiry(command, "info", "--format", "json");
        this.status = new Inquiry(command, "status", "--format", "json");
    }

    @Override
    public @Nullable Accelerators read(Problems problems) {
        List<Json> devices = ask(info, "info", problems);
        return devices == null ? null : accelerators(devices, ask(status, "status", problems));
    }

    private static @Nullable List<Json> ask(Inquiry inquiry, String what, Problems problems) {
        String answer = inquiry.ask(problems);
        try {
            Json devices = answer == null ? null : Json.parse(answer);
            if (devices != null && !devices.isArray()) {
                throw new IOException("no list of devices in what it printed");
            }
            return devices == null ? null : devices.elements();
        } catch (IOException e) {
            problems.failed("furiosa-smi " + what + ": " + e.getMessage());
            return null;
        }
    }

    static Accelerators accelerators(List<Json> devices, @Nullable List<Json> status) {
        List<Gpu> rows = new ArrayList<>();
        List<Absent> absent = new ArrayList<>();
        for (Json device : devices) {
            String name = device.at("dev_name").text();
            Gpu row = row(device, find(status, name));
            String identity = row.identity();
            rows.add(row);
            if (identity != null) {
                absent.add(new Absent(
                        identity,
                        "utilization_percent",
                        Absent.Cause.NOT_SUPPORTED,
                        "pe_utilization has no known unit"));
            }
        }
        return Accelerators.of(rows, absent);
    }

    private static @Nullable Json find(@Nullable List<Json> status, @Nullable String name) {
        if (status != null && name != null) {
            for (Json one : status) {
                if (name.equals(one.at("device").text())) {
                    return one;
                }
            }
        }
        return null;
    }

    private static Gpu row(Json device, @Nullable Json status) {
        String address = device.at("pci_bdf").text();
        String arch = device.at("arch").text();
        Double clock = Quantity.of(device.at("core_clock").text(), "MHz", FASTEST);
        GpuBuilder row = GpuBuilder.builder()
                .uuid(device.at("device_uuid").text())
                .serial(device.at("device_sn").text())
                .name(arch == null ? null : arch.toUpperCase(Locale.ROOT))
                .vendor("FuriosaAI")
                .deviceType(DeviceType.NPU)
                .pciBusId(address == null ? null : address.toLowerCase(Locale.ROOT))
                .firmwareVersion(device.at("firmware").text())
                .temperatureCelsius(Quantity.of(device.at("temperature").text(), "C", HOTTEST))
                .powerWatts(Quantity.of(device.at("power").text(), "W", STRONGEST))
                .clockGraphicsMhz(clock == null ? null : Integer.valueOf((int) Math.round(clock)));
        if (status != null) {
            Json memory = status.at("memory").at("DRAM");
            row.state("alive".equals(status.at("liveness").text()) ? GpuState.OK : null)
                    .memoryTotalBytes(bytes(memory.at("total_size")))
                    .memoryUsedBytes(bytes(memory.at("used_size")));
        }
        return row.build();
    }

    private static @Nullable Long bytes(Json size) {
        Double bytes = Quantity.of(size.text(), "B", MOST_BYTES);
        return bytes == null ? null : Long.valueOf(Math.round(bytes));
    }
}

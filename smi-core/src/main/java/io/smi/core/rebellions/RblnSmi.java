package io.smi.core.rebellions;

import io.smi.core.Problems;
import io.smi.core.command.Command;
import io.smi.core.command.Inquiry;
import io.smi.core.command.Json;
import io.smi.core.command.Quantity;
import io.smi.core.gpu.Absent;
import io.smi.core.gpu.Accelerators;
import io.smi.core.gpu.CommandReader;
import io.smi.core.kernel.KernelFiles;
import io.smi.schema.DeviceType;
import io.smi.schema.Gpu;
import io.smi.schema.GpuBuilder;
import io.smi.schema.GpuState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code rbln-smi --json}, and what it replaces and prints alike: {@code rbln-stat --json}. A card of several chips is several devices, each of which tells the power of the card. */
final class RblnSmi implements CommandReader.Tool {
    private static final double MOST_BYTES = 1L << 50;
    private static final double HOTTEST = 200;
    private static final double STRONGEST = 100_000;
    private static final int SLOWEST_STATE = 15;

    private final String name;
    private final Inquiry inquiry;

    RblnSmi(Command command) {
        this.name = command.name();
        this.inquiry = new Inquiry(command, "--json");
    }

    @Override
    public @Nullable Accelerators read(Problems problems) {
        String answer = inquiry.ask(problems);
        try {
            return answer == null ? null : accelerators(Json.parse(answer));
        } catch (IOException e) {
            problems.failed(name + " --json: " + e.getMessage());
            return null;
        }
    }

    static Accelerators accelerators(Json answer) throws IOException {
        Json devices = answer.at("devices");
        if (!devices.isArray()) {
            throw new IOException("no devices in what it printed");
        }
        List<Gpu> rows = new ArrayList<>();
        List<Absent> absent = new ArrayList<>();
        Set<String> cards = new HashSet<>();
        for (Json device : devices.elements()) {
            String card = device.at("sid").text();
            boolean first = card == null || cards.add(card);
            Gpu row = row(device, answer.at("KMD_version").text(), first);
            String identity = row.identity();
            rows.add(row);
            if (!first && identity != null) {
                absent.add(new Absent(
                        identity, "power_watts", Absent.Cause.NOT_SUPPORTED, "told of another chip of card " + card));
            }
        }
        return Accelerators.of(rows, absent);
    }

    private static Gpu row(Json device, @Nullable String driver, boolean first) {
        String address = device.at("pci").at("bus_id").text();
        Json memory = device.at("memory");
        return GpuBuilder.builder()
                .uuid(device.at("uuid").text())
                .name(device.at("name").text())
                .serial(device.at("sid").text())
                .vendor("Rebellions")
                .deviceType(DeviceType.NPU)
                .pciBusId(address == null ? null : address.toLowerCase(Locale.ROOT))
                .driverVersion(driver)
                .firmwareVersion(device.at("fw_ver").text())
                .state("normal".equals(device.at("status").text()) ? GpuState.OK : null)
                .utilizationPercent(Quantity.of(device.at("util").text(), "%", 100))
                .memoryTotalBytes(bytes(memory.at("total")))
                .memoryUsedBytes(bytes(memory.at("used")))
                .temperatureCelsius(Quantity.of(device.at("temperature").text(), "C", HOTTEST))
                .powerWatts(first ? Quantity.of(device.at("card_power").text(), "W", STRONGEST) : null)
                .performanceState(state(device.at("pstate").text()))
                .build();
    }

    private static @Nullable Long bytes(Json size) {
        Double bytes = Quantity.of(size.text(), "B", MOST_BYTES);
        return bytes == null ? null : Long.valueOf(Math.round(bytes));
    }

    /** The 14 of {@code P14}. */
    private static @Nullable Integer state(@Nullable String text) {
        int state = text == null || !text.startsWith("P") ? -1 : KernelFiles.number(text, 1);
        return state < 0 || state > SLOWEST_STATE ? null : Integer.valueOf(state);
    }
}

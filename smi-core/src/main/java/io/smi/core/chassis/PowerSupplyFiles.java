package io.smi.core.chassis;

import io.smi.core.Problems;
import io.smi.core.chassis.PowerSupplyReader.Kind;
import io.smi.core.chassis.PowerSupplyReader.Supply;
import io.smi.core.kernel.KernelFile;
import io.smi.core.kernel.KernelFiles;
import io.smi.schema.PowerSupply;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The files of one power supply. Which of them it has depends on its driver. */
final class PowerSupplyFiles implements Closeable {
    private final String name;
    private final Kind kind;
    private final @Nullable KernelFile status;
    private final @Nullable KernelFile online;
    private final @Nullable KernelFile power;
    private final @Nullable KernelFile current;
    private final @Nullable KernelFile voltage;

    PowerSupplyFiles(KernelFiles sys, String path, String name, Problems problems) {
        this.name = name;
        boolean battery = "Battery".equals(sys.text(path + "/type", problems));
        if ("Device".equals(sys.text(path + "/scope", problems))) {
            this.kind = Kind.PERIPHERAL;
        } else {
            this.kind = battery ? Kind.BATTERY : Kind.ADAPTER;
        }
        this.online = battery ? null : file(sys, path + "/online");
        this.status = online == null ? file(sys, path + "/status") : null;
        this.power = file(sys, path + "/power_now");
        this.current = power == null ? file(sys, path + "/current_now") : null;
        this.voltage = power == null ? file(sys, path + "/voltage_now") : null;
    }

    private static @Nullable KernelFile file(KernelFiles sys, String path) {
        return sys.exists(path) ? sys.file(path) : null;
    }

    Supply read(Problems problems) {
        return new Supply(new PowerSupply(name, status(problems), watts(problems)), kind);
    }

    private @Nullable String status(Problems problems) {
        if (online != null) {
            Long state = KernelFiles.number(online, problems);
            return state == null ? null : state == 0 ? "offline" : "online";
        }
        String text = status == null ? null : KernelFiles.text(status, problems);
        return "Unknown".equals(text) ? null : text;
    }

    /** Drivers disagree on the sign of what leaves a battery; the status tells the direction. */
    private @Nullable Double watts(Problems problems) {
        if (power != null) {
            Long microwatt = KernelFiles.number(power, problems);
            return microwatt == null ? null : Math.abs(microwatt) / 1e6;
        }
        if (current == null || voltage == null) {
            return null;
        }
        Long microampere = KernelFiles.number(current, problems);
        Long microvolt = KernelFiles.number(voltage, problems);
        return microampere == null || microvolt == null ? null : Math.abs((double) microampere * microvolt) / 1e12;
    }

    @Override
    public void close() throws IOException {
        for (KernelFile file : new @Nullable KernelFile[] {status, online, power, current, voltage}) {
            if (file != null) {
                file.close();
            }
        }
    }
}

package io.smi.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The machine as a whole: one row. */
@Built
public record Chassis(
        @Key("DMI product_name, or the device tree's model.") @Nullable
        String product,

        @Key("DMI sys_vendor.") @Nullable String vendor,

        @Key("DMI product_serial; readable by root only.") @Nullable
        String serial,

        @Key("DMI bios_version.") @Nullable String biosVersion,
        @Key("PRETTY_NAME of os-release.") @Nullable String os,
        @Key("Release of the running kernel.") @Nullable String kernel,

        @Key("Hypervisor that this machine runs on: kvm, vmware, microsoft, xen ...; none on real "
                + "hardware; null when it cannot be told.")
        @Nullable
        String virtualization,

        @Key("Container that this process runs in: docker, podman, kubernetes, lxc, systemd-nspawn"
                + " ...; null outside of one.")
        @Nullable
        String container,

        @Key("Random id of this boot.") @Nullable String bootId,

        @Key("Time since boot, time asleep included.") @Nullable
        Double uptimeSeconds,

        @Key("Mean number of runnable and uninterruptible tasks.") @Nullable
        LoadAverage loadAverage,

        @Key("Pressure stall information (PSI); null where the kernel does not keep it.") @Nullable
        Pressure pressure,

        @Key("Power draw of the machine as a whole; null where nothing measures it.") @Nullable
        Double powerWatts,

        @Key("What power_watts measures: bmc (the platform's own power meter), module (a system on a module "
                + "without the board that carries it), battery (its discharge), rapl (processor packages only, "
                + "the sum of cpus[].power_watts).")
        @Nullable
        String powerSource,

        @Key("Energy behind power_watts, where the source counts it.") @Nullable
        Double energyJoulesTotal,

        @Key("Every hwmon temperature sensor that gives a value.")
        List<Temperature> temperatures,

        @Key("Every hwmon fan sensor.") List<Fan> fans,

        @Key("Batteries, mains adapters and USB supplies: /sys/class/power_supply.")
        List<PowerSupply> powerSupplies)
        implements Row {
    public Chassis {
        uptimeSeconds = Values.number(uptimeSeconds);
        powerWatts = Values.number(powerWatts);
        energyJoulesTotal = Values.number(energyJoulesTotal);
        temperatures = List.copyOf(temperatures);
        fans = List.copyOf(fans);
        powerSupplies = List.copyOf(powerSupplies);
    }

    @Override
    public void writeTo(FieldWriter out) {
        out.text("product", product);
        out.text("vendor", vendor);
        out.text("serial", serial);
        out.text("bios_version", biosVersion);
        out.text("os", os);
        out.text("kernel", kernel);
        out.text("virtualization", virtualization);
        out.text("container", container);
        out.text("boot_id", bootId);
        out.number("uptime_seconds", uptimeSeconds);
        out.object("load_average", loadAverage);
        out.object("pressure", pressure);
        out.number("power_watts", powerWatts);
        out.text("power_source", powerSource);
        out.number("energy_joules_total", energyJoulesTotal);
        out.rows("temperatures", temperatures);
        out.rows("fans", fans);
        out.rows("power_supplies", powerSupplies);
    }
}

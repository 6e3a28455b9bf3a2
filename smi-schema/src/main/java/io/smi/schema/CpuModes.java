package io.smi.schema;

import org.jspecify.annotations.Nullable;

/** Shares of CPU time over the window, by what it was spent on: together 100. */
@Built
public record CpuModes(
        @Key(value = "Programs, without the time of guests.", unit = "percent") @Nullable
        Double user,

        @Key(value = "Programs with lowered priority, without the time of guests.", unit = "percent") @Nullable
        Double nice,

        @Key(value = "The kernel.", unit = "percent") @Nullable
        Double system,

        @Key(value = "Nothing to do.", unit = "percent") @Nullable
        Double idle,

        @Key(value = "Nothing to do but wait for a disk.", unit = "percent") @Nullable
        Double iowait,

        @Key(value = "Hardware interrupts.", unit = "percent") @Nullable
        Double irq,

        @Key(value = "Deferred interrupt work.", unit = "percent") @Nullable
        Double softirq,

        @Key(value = "Wanted to run while the hypervisor ran something else.", unit = "percent") @Nullable
        Double steal,

        @Key(value = "Virtual machines run by this host, niced ones included.", unit = "percent") @Nullable
        Double guest)
        implements Row {
    public CpuModes {
        user = Values.percent(user);
        nice = Values.percent(nice);
        system = Values.percent(system);
        idle = Values.percent(idle);
        iowait = Values.percent(iowait);
        irq = Values.percent(irq);
        softirq = Values.percent(softirq);
        steal = Values.percent(steal);
        guest = Values.percent(guest);
    }

    @Override
    public void writeTo(FieldWriter out) {
        out.number("user", user);
        out.number("nice", nice);
        out.number("system", system);
        out.number("idle", idle);
        out.number("iowait", iowait);
        out.number("irq", irq);
        out.number("softirq", softirq);
        out.number("steal", steal);
        out.number("guest", guest);
    }
}

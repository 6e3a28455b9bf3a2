package io.smi.core.oshi;

import io.smi.core.process.CmdlineMode;
import oshi.SystemInfo;
import oshi.util.GlobalConfig;

/** This machine as OSHI sees it: a reader for each section. */
public final class Oshi {
    /** How old what it tells may be, in ms. Its default of 300 is longer than a window: nothing would have changed in that. */
    private static final int MOST_AGE = 1;

    private final SystemInfo system;
    private final CmdlineMode cmdline;

    /** @param cmdline how much of the processes' command lines is told */
    public Oshi(CmdlineMode cmdline) {
        GlobalConfig.set(GlobalConfig.OSHI_UTIL_MEMOIZER_EXPIRATION, MOST_AGE);
        this.system = new SystemInfo();
        this.cmdline = cmdline;
    }

    /** The machine's name, else localhost. */
    public String hostname() {
        String name = Known.text(system.getOperatingSystem().getNetworkParams().getHostName());
        return name == null ? "localhost" : name;
    }

    /** Of section gpu. */
    public OshiGpuReader gpus() {
        return new OshiGpuReader(system.getHardware());
    }

    /** Of section cpu. */
    public OshiCpuReader cpus() {
        return new OshiCpuReader(
                system.getHardware().getProcessor(), system.getHardware().getSensors());
    }

    /** Of section memory. */
    public OshiMemoryReader memory() {
        return new OshiMemoryReader(system.getHardware().getMemory());
    }

    /** Of section chassis. */
    public OshiChassisReader chassis() {
        return new OshiChassisReader(system);
    }

    /** Of section process. */
    public OshiProcessReader processes() {
        return new OshiProcessReader(
                system.getOperatingSystem(), system.getHardware().getMemory(), cmdline);
    }

    /** Of section storage. */
    public OshiStorageReader storage() {
        return new OshiStorageReader(system.getOperatingSystem().getFileSystem());
    }

    /** Of section network. */
    public OshiNetworkReader network() {
        return new OshiNetworkReader(system.getHardware());
    }
}

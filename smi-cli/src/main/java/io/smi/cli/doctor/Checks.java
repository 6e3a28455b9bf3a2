package io.smi.cli.doctor;

import java.util.ArrayList;
import java.util.List;

/**
 * The list of what is checked: a new check is a method and a line here. Readers, sections and what is null of devices need no
 * line: they are told of all that there are.
 */
public final class Checks {
    private static final List<Entry> CHECKS = List.of(
            new Entry("platform", "Platform", SystemChecks::platform),
            new Entry("user", "User", SystemChecks::user),
            new Entry("container", "Container", SystemChecks::container),
            new Entry("cgroup", "Control groups", SystemChecks::cgroup),
            new Entry("config", "Configuration", SystemChecks::config),
            new Entry("nvidia", "NVIDIA driver", DeviceChecks::nvidia),
            new Entry("amd", "AMD GPUs", DeviceChecks::amd),
            new Entry("intel", "Intel GPUs and NPUs", DeviceChecks::intel),
            new Entry("npu", "NPUs", NpuChecks::npus),
            new Entry("drm", "DRM nodes", DeviceChecks::drm),
            new Entry("sleeping", "Sleeping GPUs", DeviceChecks::sleeping),
            new Entry("rapl", "RAPL energy counters", DeviceChecks::rapl),
            new Entry("edac", "ECC memory errors", DeviceChecks::edac),
            new Entry("hwmon", "Sensors", DeviceChecks::hwmon));

    private Checks() {}

    private record Entry(String id, String title, Check check) {}

    /** One look at the machine. */
    private interface Check {
        Finding look(Machine machine);
    }

    /** All results, in the order of their lines; then readers, devices and sections. */
    public static List<Result> run(Machine machine) {
        List<Result> results = new ArrayList<>();
        for (Entry entry : CHECKS) {
            long begun = System.nanoTime();
            Finding finding = look(entry.check(), machine);
            results.add(new Result(entry.id(), entry.title(), finding, (System.nanoTime() - begun) / 1e9));
        }
        results.addAll(ReaderChecks.readers(machine));
        results.addAll(ReaderChecks.devices(machine));
        results.addAll(ReaderChecks.sections(machine));
        return results;
    }

    private static Finding look(Check check, Machine machine) {
        try {
            return check.look(machine);
        } catch (RuntimeException e) {
            return Finding.fail("failed, which is a mistake in smi: " + e, null);
        }
    }
}

package io.smi.core.drm;

import io.smi.schema.DeviceType;
import io.smi.schema.Gpu;
import io.smi.schema.GpuBuilder;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A GPU whose driver has nothing better to tell of its load than its clients.
 *
 * @param device its PCI address, or its name in sysfs where it is no PCI device
 */
record PlainGpu(String device, @Nullable String driver) {
    /** Who makes what they drive. */
    private static final Map<String, String> VENDORS = Map.ofEntries(
            Map.entry("adreno", "Qualcomm"),
            Map.entry("etnaviv", "VeriSilicon"),
            Map.entry("i915", "Intel"),
            Map.entry("lima", "Arm"),
            Map.entry("msm", "Qualcomm"),
            Map.entry("msm_dpu", "Qualcomm"),
            Map.entry("msm_mdp", "Qualcomm"),
            Map.entry("nouveau", "NVIDIA"),
            Map.entry("panfrost", "Arm"),
            Map.entry("panthor", "Arm"),
            Map.entry("v3d", "Broadcom"),
            Map.entry("xe", "Intel"));

    static boolean isPlain(@Nullable String driver) {
        return driver != null && VENDORS.containsKey(driver);
    }

    static PlainGpu of(DrmNode node) {
        return new PlainGpu(node.device(), node.driver());
    }

    /** What all its clients make of each engine, in percent; null when it is not known of one of them. */
    @Nullable
    Map<String, Double> engines(DrmFiles before, DrmFiles now, long nanos) {
        Map<Long, DrmClient> earlier = clients(before);
        Map<Long, DrmClient> clients = clients(now);
        if (earlier == null || clients == null) {
            return null;
        }
        Map<String, Double> sum = new TreeMap<>();
        for (DrmClient client : clients.values()) {
            DrmClient first = earlier.get(client.id());
            if (first == null) {
                continue;
            }
            Map<String, Double> one = DrmEngines.percents(first, client, nanos);
            if (one == null) {
                return null;
            }
            one.forEach((engine, percent) -> sum.merge(engine, percent, PlainGpu::sum));
        }
        return sum.isEmpty() && !clients.isEmpty() ? null : sum;
    }

    /** All clients of this device, once each; null when they are not all known. */
    private @Nullable Map<Long, DrmClient> clients(DrmFiles files) {
        if (!files.complete()) {
            return null;
        }
        Map<Long, DrmClient> clients = new HashMap<>();
        for (DrmFile file : files.open()) {
            if (file.device().equals(device)) {
                DrmClient client = file.client();
                if (client == null) {
                    return null;
                }
                clients.put(client.id(), client);
            }
        }
        return clients;
    }

    private static Double sum(Double one, Double other) {
        return Math.min(100, one + other);
    }

    /**
     * A device that nobody uses is idle, and nobody tells the names of its engines. One that is not on the PCI bus is part of
     * a system on a chip, and has no memory of its own.
     */
    Gpu row(@Nullable Map<String, Double> engines) {
        String vendor = driver == null ? null : VENDORS.get(driver);
        boolean onPci = device.indexOf(':') >= 0;
        return GpuBuilder.builder()
                .uuid(onPci ? null : device)
                .vendor(vendor)
                .deviceType(DeviceType.GPU)
                .pciBusId(onPci ? device : null)
                .utilizationPercent(DrmEngines.busiest(engines))
                .engines(engines == null || engines.isEmpty() ? null : engines)
                .memorySharedWithHost(onPci ? null : Boolean.TRUE)
                .build();
    }
}

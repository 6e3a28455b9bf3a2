package io.smi.schema;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One accelerator (GPU, NPU or TPU): one row of {@code gpus}. */
@Built
public record Gpu(
        @Key("The driver's own number for the device, or its place on the PCI bus; no identity, it"
                + " can change at each boot.")
        @Nullable
        Integer index,

        @Key("The vendor's permanent identity; of a GPU that is part of a system on a chip its name there, such as "
                + "fde60000.gpu; null where a driver has none, then pci_bus_id identifies the device.")
        @Nullable
        String uuid,

        @Key("Product name, as the driver gives it.") @Nullable
        String name,

        @Key("NVIDIA, AMD, Intel ..., else the PCI vendor id such as 0x1a03.") @Nullable
        String vendor,

        @Key("gpu, npu or tpu.") @Nullable DeviceType deviceType,

        @Key("PCI address as the kernel writes it: 0000:3b:00.0.") @Nullable
        String pciBusId,

        @Key("NUMA node that the device hangs on; null when the machine has only one, or the "
                + "firmware does not say.")
        @Nullable
        Integer numaNode,

        @Key("Board serial number.") @Nullable String serial,
        @Key("Version of the kernel driver.") @Nullable String driverVersion,

        @Key("Highest CUDA version that the driver supports.") @Nullable
        String cudaVersion,

        @Key("Version of the card's own BIOS.") @Nullable String vbiosVersion,

        @Key("Firmware that runs on the device; of an NVIDIA GPU its GSP firmware.") @Nullable
        String firmwareVersion,

        @Key("ok, asleep (powered down, and not woken to be read), degraded, or lost.") @Nullable
        GpuState state,

        @Key("Share of the window in which the device was busy.") @Nullable
        Double utilizationPercent,

        @Key("Share of the window in which device memory was being read or written.") @Nullable
        Double memoryUtilizationPercent,

        @Key(
                value = "Busy share of each engine (encoder, decoder, copy ...), by the driver's name for it.",
                unit = "percent")
        @Nullable
        Map<String, Double> engines,

        @Key("Share of the window that each part of the device with clocks of its own (Intel's GTs) spent in its idle "
                + "state (RC6), by the driver's name for it. The rest it was powered up, which is more than busy.")
        @Nullable
        Map<String, Double> idleResidencyPercent,

        @Key("Device memory.") @Nullable Long memoryTotalBytes,
        @Key("Device memory in use.") @Nullable Long memoryUsedBytes,
        @Key("Device memory not in use.") @Nullable Long memoryFreeBytes,

        @Key("Device memory that driver and firmware keep to themselves.") @Nullable
        Long memoryReservedBytes,

        @Key("Host memory that the GPU may map beside its own (GTT). On an AMD processor most of a large model lies "
                + "here; null where the driver does not tell.")
        @Nullable
        Long gttTotalBytes,

        @Key("Host memory that the GPU has mapped (GTT), of all processes together.") @Nullable
        Long gttUsedBytes,

        @Key("True when the device has no memory of its own and uses the host's.") @Nullable
        Boolean memorySharedWithHost,

        @Key("Temperature of the GPU die.") @Nullable Double temperatureCelsius,
        @Key("Temperature of the device memory.") @Nullable Double temperatureMemoryCelsius,

        @Key("Where the device starts to slow down.") @Nullable
        Double temperatureSlowdownCelsius,

        @Key("Where the device turns itself off.") @Nullable Double temperatureShutdownCelsius,
        @Key("Power draw of the board.") @Nullable Double powerWatts,
        @Key("Power limit in force.") @Nullable Double powerLimitWatts,

        @Key("Highest power limit that can be set.") @Nullable
        Double powerLimitMaxWatts,

        @Key("Energy drawn since the driver was loaded.") @Nullable
        Double energyJoulesTotal,

        @Key("Graphics (shader) clock.") @Nullable Integer clockGraphicsMhz,
        @Key("Highest graphics clock.") @Nullable Integer clockGraphicsMaxMhz,
        @Key("Memory clock.") @Nullable Integer clockMemoryMhz,
        @Key("Highest memory clock.") @Nullable Integer clockMemoryMaxMhz,

        @Key("Fan speed as a share of its maximum; null for cards without a fan.") @Nullable
        Double fanPercent,

        @Key("Fan speed.") @Nullable Integer fanRpm,

        @Key("Performance state: 0 is the fastest, 15 the slowest.") @Nullable
        Integer performanceState,

        @Key("Why clocks are held back right now; empty when nothing holds them back. Being idle is not a reason.")
        @Nullable
        List<String> throttleReasons,

        @Key("The link to the host.") @Nullable Pcie pcie,

        @Key("Error-correcting memory; null for a device without it.") @Nullable
        GpuEcc ecc,

        @Key("Modes that an administrator sets.") @Nullable GpuModes modes,

        @Key("Error events of the NVIDIA driver, counted since this process started; null in a one-shot snapshot.")
        @Nullable
        Xid xid,

        @Key("Links to other devices (NVLink, xGMI, Xe Link); empty when there are none.") @Nullable
        List<GpuLink> links,

        @Key("Instances that the device is split into (MIG); empty when it is not split.") @Nullable
        List<GpuPartition> partitions,

        @Key("Facts that only this vendor has, none of which changes while the device runs.") @Nullable
        Map<String, String> detail)
        implements Row {
    public Gpu {
        utilizationPercent = Values.percent(utilizationPercent);
        memoryUtilizationPercent = Values.percent(memoryUtilizationPercent);
        engines = Values.percents(engines);
        idleResidencyPercent = Values.percents(idleResidencyPercent);
        temperatureCelsius = Values.number(temperatureCelsius);
        temperatureMemoryCelsius = Values.number(temperatureMemoryCelsius);
        temperatureSlowdownCelsius = Values.number(temperatureSlowdownCelsius);
        temperatureShutdownCelsius = Values.number(temperatureShutdownCelsius);
        powerWatts = Values.number(powerWatts);
        powerLimitWatts = Values.number(powerLimitWatts);
        powerLimitMaxWatts = Values.number(powerLimitMaxWatts);
        energyJoulesTotal = Values.number(energyJoulesTotal);
        fanPercent = Values.percent(fanPercent);
        throttleReasons = Values.copy(throttleReasons);
        links = Values.copy(links);
        partitions = Values.copy(partitions);
        detail = Values.copy(detail);
    }

    /** What tells this device from every other one: the uuid, else the PCI address; null when neither is known. */
    public @Nullable String identity() {
        return uuid == null ? pciBusId : uuid;
    }

    @Override
    public void writeTo(FieldWriter out) {
        out.number("index", index);
        out.text("uuid", uuid);
        out.text("name", name);
        out.text("vendor", vendor);
        out.label("device_type", deviceType);
        out.text("pci_bus_id", pciBusId);
        out.number("numa_node", numaNode);
        out.text("serial", serial);
        out.text("driver_version", driverVersion);
        out.text("cuda_version", cudaVersion);
        out.text("vbios_version", vbiosVersion);
        out.text("firmware_version", firmwareVersion);
        out.label("state", state);
        out.number("utilization_percent", utilizationPercent);
        out.number("memory_utilization_percent", memoryUtilizationPercent);
        out.numbers("engines", engines);
        out.numbers("idle_residency_percent", idleResidencyPercent);
        out.number("memory_total_bytes", memoryTotalBytes);
        out.number("memory_used_bytes", memoryUsedBytes);
        out.number("memory_free_bytes", memoryFreeBytes);
        out.number("memory_reserved_bytes", memoryReservedBytes);
        out.number("gtt_total_bytes", gttTotalBytes);
        out.number("gtt_used_bytes", gttUsedBytes);
        out.flag("memory_shared_with_host", memorySharedWithHost);
        out.number("temperature_celsius", temperatureCelsius);
        out.number("temperature_memory_celsius", temperatureMemoryCelsius);
        out.number("temperature_slowdown_celsius", temperatureSlowdownCelsius);
        out.number("temperature_shutdown_celsius", temperatureShutdownCelsius);
        out.number("power_watts", powerWatts);
        out.number("power_limit_watts", powerLimitWatts);
        out.number("power_limit_max_watts", powerLimitMaxWatts);
        out.number("energy_joules_total", energyJoulesTotal);
        out.number("clock_graphics_mhz", clockGraphicsMhz);
        out.number("clock_graphics_max_mhz", clockGraphicsMaxMhz);
        out.number("clock_memory_mhz", clockMemoryMhz);
        out.number("clock_memory_max_mhz", clockMemoryMaxMhz);
        out.number("fan_percent", fanPercent);
        out.number("fan_rpm", fanRpm);
        out.number("performance_state", performanceState);
        out.texts("throttle_reasons", throttleReasons);
        out.object("pcie", pcie);
        out.object("ecc", ecc);
        out.object("modes", modes);
        out.object("xid", xid);
        out.rows("links", links);
        out.rows("partitions", partitions);
        out.texts("detail", detail);
    }
}

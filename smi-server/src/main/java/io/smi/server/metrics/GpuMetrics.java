package io.smi.server.metrics;

import io.smi.schema.EccCounts;
import io.smi.schema.Gpu;
import io.smi.schema.GpuEcc;
import io.smi.schema.GpuLink;
import io.smi.schema.GpuModes;
import io.smi.schema.GpuPartition;
import io.smi.schema.GpuState;
import io.smi.schema.Pcie;
import io.smi.schema.SnapshotFrame;
import io.smi.schema.Xid;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code gpus} as metrics. */
final class GpuMetrics {
    private static final List<String> STATES =
            Stream.of(GpuState.values()).map(GpuState::label).toList();
    private static final List<String> COMPUTE_MODES = List.of("default", "exclusive_process", "prohibited");
    private static final List<String> VGPU_MODES = List.of("none", "vgpu", "sriov");

    private static final Table<SnapshotFrame, Gpu> FACTS = named(SnapshotFrame::gpus, gpu -> gpu)
            .label("name", Gpu::name)
            .label("vendor", Gpu::vendor)
            .label(
                    "device",
                    gpu -> gpu.deviceType() == null ? null : gpu.deviceType().label())
            .label("pci_bus_id", Gpu::pciBusId)
            .label("numa_node", Gpu::numaNode)
            .label("serial", Gpu::serial)
            .label("driver_version", Gpu::driverVersion)
            .label("cuda_version", Gpu::cudaVersion)
            .label("vbios_version", Gpu::vbiosVersion)
            .label("firmware_version", Gpu::firmwareVersion)
            .info("smi_gpu_info", "What the device is.")
            .build();

    private static final Table<SnapshotFrame, Gpu> LOAD = named(SnapshotFrame::gpus, gpu -> gpu)
            .family(
                    "smi_gpu_utilization_ratio",
                    "Share of the window in which the device was busy.",
                    gpu -> Value.ratio(gpu.utilizationPercent()))
            .family(
                    "smi_gpu_memory_utilization_ratio",
                    "Share of the window in which device memory was being read or written.",
                    gpu -> Value.ratio(gpu.memoryUtilizationPercent()))
            .family("smi_gpu_memory_total_bytes", "Device memory.", Gpu::memoryTotalBytes)
            .family("smi_gpu_memory_used_bytes", "Device memory in use.", Gpu::memoryUsedBytes)
            .family("smi_gpu_memory_free_bytes", "Device memory not in use.", Gpu::memoryFreeBytes)
            .family(
                    "smi_gpu_memory_reserved_bytes",
                    "Device memory that driver and firmware keep.",
                    Gpu::memoryReservedBytes)
            .family("smi_gpu_gtt_total_bytes", "Host memory that the GPU may map (GTT).", Gpu::gttTotalBytes)
            .family("smi_gpu_gtt_used_bytes", "Host memory that the GPU has mapped (GTT).", Gpu::gttUsedBytes)
            .family(
                    "smi_gpu_memory_shared_with_host",
                    "1 when the device uses the host's memory.",
                    gpu -> Value.flag(gpu.memorySharedWithHost()))
            .family(
                    "smi_gpu_performance_state",
                    "Performance state: 0 is the fastest, 15 the slowest.",
                    Gpu::performanceState)
            .family("smi_gpu_throttled", "1 while something holds clocks back.", GpuMetrics::throttled)
            .build();

    private static final Table<SnapshotFrame, Gpu> SENSORS = named(SnapshotFrame::gpus, gpu -> gpu)
            .family("smi_gpu_temperature_celsius", "Temperature of the device's die.", Gpu::temperatureCelsius)
            .family(
                    "smi_gpu_temperature_memory_celsius",
                    "Temperature of the device memory.",
                    Gpu::temperatureMemoryCelsius)
            .family(
                    "smi_gpu_temperature_slowdown_celsius",
                    "Temperature at which the device slows down.",
                    Gpu::temperatureSlowdownCelsius)
            .family(
                    "smi_gpu_temperature_shutdown_celsius",
                    "Temperature at which the device turns itself off.",
                    Gpu::temperatureShutdownCelsius)
            .family("smi_gpu_power_watts", "Power draw of the board.", Gpu::powerWatts)
            .family("smi_gpu_power_limit_watts", "Power limit in force.", Gpu::powerLimitWatts)
            .family("smi_gpu_power_limit_max_watts", "Highest power limit that can be set.", Gpu::powerLimitMaxWatts)
            .family("smi_gpu_energy_joules_total", "Energy since the driver was loaded.", Gpu::energyJoulesTotal)
            .family("smi_gpu_clock_graphics_hertz", "Graphics clock.", gpu -> Value.hertz(gpu.clockGraphicsMhz()))
            .family(
                    "smi_gpu_clock_graphics_max_hertz",
                    "Highest graphics clock.",
                    gpu -> Value.hertz(gpu.clockGraphicsMaxMhz()))
            .family("smi_gpu_clock_memory_hertz", "Memory clock.", gpu -> Value.hertz(gpu.clockMemoryMhz()))
            .family(
                    "smi_gpu_clock_memory_max_hertz",
                    "Highest memory clock.",
                    gpu -> Value.hertz(gpu.clockMemoryMaxMhz()))
            .family("smi_gpu_fan_ratio", "Fan speed as a share of its maximum.", gpu -> Value.ratio(gpu.fanPercent()))
            .family("smi_gpu_fan_rpm", "Fan speed.", Gpu::fanRpm)
            .build();

    private static final Table<SnapshotFrame, Gpu> PCIE = named(SnapshotFrame::gpus, gpu -> gpu)
            .family("smi_gpu_pcie_generation", "PCIe generation at which the link runs now.", pcie(Pcie::generation))
            .family(
                    "smi_gpu_pcie_generation_max",
                    "Highest PCIe generation of device and slot.",
                    pcie(Pcie::generationMax))
            .family("smi_gpu_pcie_width_lanes", "PCIe lanes that the link uses now.", pcie(Pcie::width))
            .family("smi_gpu_pcie_width_max_lanes", "Most PCIe lanes of device and slot.", pcie(Pcie::widthMax))
            .family(
                    "smi_gpu_pcie_rx_bytes_per_second",
                    "Received by the device over PCIe.",
                    pcie(Pcie::rxBytesPerSecond))
            .family("smi_gpu_pcie_tx_bytes_per_second", "Sent by the device over PCIe.", pcie(Pcie::txBytesPerSecond))
            .family("smi_gpu_pcie_replay_total", "PCIe packets that had to be sent again.", pcie(Pcie::replayTotal))
            .build();

    private static final Table<SnapshotFrame, Gpu> HEALTH = named(SnapshotFrame::gpus, gpu -> gpu)
            .family("smi_gpu_xid_events_total", "Error events of the NVIDIA driver since smi started.", xid(Xid::total))
            .family("smi_gpu_xid_last", "Code of the NVIDIA driver's last error event.", xid(Xid::last))
            .family(
                    "smi_gpu_xid_last_timestamp_seconds",
                    "Time of the NVIDIA driver's last error event.",
                    xid(xid -> seconds(xid.lastAt())))
            .family(
                    "smi_gpu_ecc_mode",
                    "1 when error correction of device memory is on.",
                    ecc(ecc -> Value.flag(ecc.mode())))
            .family("smi_gpu_ecc_remapped_rows", "Rows of device memory replaced by spares.", ecc(GpuEcc::remappedRows))
            .family("smi_gpu_ecc_retired_pages", "Pages of device memory taken out of use.", ecc(GpuEcc::retiredPages))
            .family(
                    "smi_gpu_persistence_mode",
                    "1 when the driver stays loaded unused.",
                    modes(modes -> Value.flag(modes.persistence())))
            .family(
                    "smi_gpu_mig_mode",
                    "1 when the device is split into instances.",
                    modes(modes -> Value.flag(modes.mig())))
            .build();

    private static final Table<SnapshotFrame, Part<Gpu, String>> STATE = named(each(gpu -> STATES), Part::whole)
            .label("state", Part::part)
            .family("smi_gpu_state", "1 for the state that the device is in.", GpuMetrics::isState)
            .build();

    private static final Table<SnapshotFrame, Part<Gpu, String>> COMPUTE_MODE = named(
                    each(gpu -> COMPUTE_MODES), Part::whole)
            .label("mode", Part::part)
            .family(
                    "smi_gpu_compute_mode",
                    "1 for the mode that is set: who may compute.",
                    row -> isMode(row, GpuModes::compute))
            .build();

    private static final Table<SnapshotFrame, Part<Gpu, String>> VGPU_MODE = named(each(gpu -> VGPU_MODES), Part::whole)
            .label("mode", Part::part)
            .family(
                    "smi_gpu_vgpu_host_mode",
                    "1 for the mode that is set: how the device serves virtual machines.",
                    row -> isMode(row, GpuModes::vgpuHost))
            .build();

    private static final Table<SnapshotFrame, Part<Gpu, String>> THROTTLE_REASONS = named(
                    each(Gpu::throttleReasons), Part::whole)
            .label("reason", Part::part)
            .family(
                    "smi_gpu_throttle_reason",
                    "1 for what holds clocks back now; absent otherwise, see smi_gpu_throttled.",
                    reason -> 1)
            .build();

    private static final Table<SnapshotFrame, Part<Gpu, Reading>> ENGINES = named(
                    each(gpu -> shares(gpu.engines())), Part::whole)
            .label("engine", row -> row.part().name())
            .family(
                    "smi_gpu_engine_utilization_ratio",
                    "Share of the window in which the engine was busy.",
                    row -> row.part().value())
            .build();

    private static final Table<SnapshotFrame, Part<Gpu, Reading>> IDLE_RESIDENCY = named(
                    each(gpu -> shares(gpu.idleResidencyPercent())), Part::whole)
            .label("gt", row -> row.part().name())
            .family(
                    "smi_gpu_idle_residency_ratio",
                    "Share of the window that a part with clocks of its own (GT) spent in its idle state (RC6).",
                    row -> row.part().value())
            .build();

    private static final Table<SnapshotFrame, Part<Gpu, Reading>> ECC_VOLATILE = named(
                    each(gpu -> errors(gpu, GpuEcc::volatileCounts)), Part::whole)
            .label("severity", row -> row.part().name())
            .family(
                    "smi_gpu_ecc_volatile_errors_total",
                    "Device memory errors since the driver was loaded.",
                    row -> row.part().value())
            .build();

    private static final Table<SnapshotFrame, Part<Gpu, Reading>> ECC_AGGREGATE = named(
                    each(gpu -> errors(gpu, GpuEcc::aggregate)), Part::whole)
            .label("severity", row -> row.part().name())
            .family(
                    "smi_gpu_ecc_aggregate_errors_total",
                    "Device memory errors over the life of the device.",
                    row -> row.part().value())
            .build();

    private static final Table<SnapshotFrame, Part<Gpu, GpuLink>> LINK_FACTS = links().label(
                    "kind", row -> row.part().type())
            .label("remote_kind", row -> row.part().remoteType())
            .label("remote_pci_bus_id", row -> row.part().remotePciBusId())
            .info("smi_gpu_link_info", "A link to another device, and what is at its other end.")
            .build();

    private static final Table<SnapshotFrame, Part<Gpu, GpuLink>> LINKS = links().family(
                    "smi_gpu_link_active",
                    "1 when the link is active.",
                    row -> Value.isState(row.part().state(), "active"))
            .family("smi_gpu_link_rx_bytes_total", "Received over the link.", link(GpuLink::rxBytesTotal))
            .family("smi_gpu_link_tx_bytes_total", "Sent over the link.", link(GpuLink::txBytesTotal))
            .family("smi_gpu_link_errors_total", "Errors of the link.", link(GpuLink::errorsTotal))
            .build();

    private static final Table<SnapshotFrame, Part<Gpu, GpuPartition>> PARTITIONS = named(
                    each(Gpu::partitions), Part::whole)
            .label("partition", row -> row.part().uuid())
            .label("gpu_instance", row -> row.part().gpuInstance())
            .label("compute_instance", row -> row.part().computeInstance())
            .label("profile", row -> row.part().profile())
            .info("smi_gpu_partition_info", "An instance that the device is split into (MIG).")
            .family(
                    "smi_gpu_partition_memory_total_bytes",
                    "Memory of the instance.",
                    row -> row.part().memoryTotalBytes())
            .family(
                    "smi_gpu_partition_memory_used_bytes",
                    "Memory of the instance in use.",
                    row -> row.part().memoryUsedBytes())
            .family(
                    "smi_gpu_partition_utilization_ratio",
                    "Share of the window in which the instance was busy.",
                    row -> Value.ratio(row.part().utilizationPercent()))
            .build();

    static final List<Table<SnapshotFrame, ?>> TABLES = List.of(
            FACTS,
            STATE,
            LOAD,
            ENGINES,
            IDLE_RESIDENCY,
            THROTTLE_REASONS,
            SENSORS,
            PCIE,
            HEALTH,
            ECC_VOLATILE,
            ECC_AGGREGATE,
            COMPUTE_MODE,
            VGPU_MODE,
            LINK_FACTS,
            LINKS,
            PARTITIONS);

    private GpuMetrics() {}

    /** Every series of a device has these two, the identity and the number that people know it by. */
    private static <R> Table.Builder<SnapshotFrame, R> named(
            Function<SnapshotFrame, ? extends @Nullable Collection<R>> rows, Function<R, Gpu> gpuOf) {
        return Table.of(rows)
                .label("uuid", row -> identity(gpuOf.apply(row)))
                .label("index", row -> gpuOf.apply(row).index());
    }

    private static Table.Builder<SnapshotFrame, Part<Gpu, GpuLink>> links() {
        return named(each(Gpu::links), Part::whole)
                .label("link", row -> row.part().index());
    }

    private static @Nullable String identity(Gpu gpu) {
        return gpu.uuid() != null ? gpu.uuid() : gpu.pciBusId();
    }

    private static <P> Function<SnapshotFrame, List<Part<Gpu, P>>> each(Function<Gpu, @Nullable Collection<P>> parts) {
        return frame -> Part.of(frame.gpus(), parts);
    }

    private static Value<Gpu> pcie(Value<Pcie> value) {
        return gpu -> gpu.pcie() == null ? null : value.of(gpu.pcie());
    }

    private static Value<Gpu> xid(Value<Xid> value) {
        return gpu -> gpu.xid() == null ? null : value.of(gpu.xid());
    }

    private static Value<Gpu> ecc(Value<GpuEcc> value) {
        return gpu -> gpu.ecc() == null ? null : value.of(gpu.ecc());
    }

    private static Value<Gpu> modes(Value<GpuModes> value) {
        return gpu -> gpu.modes() == null ? null : value.of(gpu.modes());
    }

    private static Value<Part<Gpu, GpuLink>> link(Value<GpuLink> value) {
        return row -> value.of(row.part());
    }

    private static @Nullable Number isState(Part<Gpu, String> row) {
        GpuState state = row.whole().state();
        return state == null ? null : Value.isState(state.label(), row.part());
    }

    private static @Nullable Number isMode(Part<Gpu, String> row, Function<GpuModes, @Nullable String> mode) {
        GpuModes modes = row.whole().modes();
        return modes == null ? null : Value.isState(mode.apply(modes), row.part());
    }

    private static @Nullable Number throttled(Gpu gpu) {
        List<String> reasons = gpu.throttleReasons();
        return reasons == null ? null : Value.flag(!reasons.isEmpty());
    }

    private static @Nullable Number seconds(@Nullable Instant time) {
        return time == null ? null : time.toEpochMilli() / 1000.0;
    }

    private static List<Reading> shares(@Nullable Map<String, Double> percents) {
        return percents == null
                ? List.of()
                : percents.entrySet().stream()
                        .map(part -> new Reading(part.getKey(), Value.ratio(part.getValue())))
                        .toList();
    }

    private static List<Reading> errors(Gpu gpu, Function<GpuEcc, @Nullable EccCounts> span) {
        EccCounts counts = gpu.ecc() == null ? null : span.apply(gpu.ecc());
        return EccReadings.of(counts);
    }
}

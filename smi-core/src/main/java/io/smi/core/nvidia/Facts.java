package io.smi.core.nvidia;

import io.smi.schema.DeviceType;
import io.smi.schema.Gpu;
import io.smi.schema.GpuBuilder;
import io.smi.schema.Pcie;
import io.smi.schema.PcieBuilder;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What stays as it is while a GPU is attached: asked once.
 *
 * @param row a row with nothing but these facts
 * @param pcie what its link can do at most
 * @param vgpuHost how it serves virtual machines
 * @param hasFans whether it has fans that it can tell of
 * @param links its NVLinks
 * @param migCount how many instances it can be split into at most
 */
record Facts(
        Gpu row,
        Pcie pcie,
        @Nullable String vgpuHost,
        boolean hasFans,
        @Nullable Links links,
        int migCount) {

    static Facts read(Query query, Attached gpu, long handle) {
        Pcie pcie = pcie(query, handle);
        GpuBuilder row = empty(gpu).pcie(pcie);
        if (gpu.address() == null) {
            row.pciBusId(address(query, handle));
        }
        row.index(query.number("index", "nvmlDeviceGetIndex", handle))
                .uuid(query.text("uuid", "nvmlDeviceGetUUID", handle))
                .name(query.text("name", "nvmlDeviceGetName", handle))
                .serial(query.text("serial", "nvmlDeviceGetSerial", handle))
                .vbiosVersion(query.text("vbios_version", "nvmlDeviceGetVbiosVersion", handle))
                .firmwareVersion(firmware(query, handle))
                .driverVersion(driver(query))
                .cudaVersion(cuda(query));
        Condition.readLimits(query, handle, row);
        return new Facts(
                row.build(),
                pcie,
                Modes.vgpuHost(query, handle),
                hasFans(query, handle),
                Links.open(query, handle),
                migCount(query, handle));
    }

    /** A row with nothing but what is known of a GPU that cannot be asked. */
    static GpuBuilder empty(Attached gpu) {
        return GpuBuilder.builder().vendor("NVIDIA").deviceType(DeviceType.GPU).pciBusId(gpu.address());
    }

    private static @Nullable String address(Query query, long handle) {
        ByteBuffer pci = query.scratch().struct(0);
        return query.succeeds("pci_bus_id", "nvmlDeviceGetPciInfo_v3", handle, pci) ? Link.address(pci) : null;
    }

    /** The function is not told how long the text may be: it writes 64 bytes at most. */
    private static @Nullable String firmware(Query query, long handle) {
        ByteBuffer out = query.scratch().text("");
        return query.succeeds("firmware_version", "nvmlDeviceGetGspFirmwareVersion", handle, out)
                ? Query.string(out)
                : null;
    }

    private static @Nullable String driver(Query query) {
        ByteBuffer out = query.scratch().text("");
        return query.succeeds("driver_version", "nvmlSystemGetDriverVersion", out, Scratch.TEXT_SIZE)
                ? Query.string(out)
                : null;
    }

    private static @Nullable String cuda(Query query) {
        ByteBuffer out = query.scratch().first();
        return query.tries("cuda_version", "nvmlSystemGetCudaDriverVersion_v2", out)
                        || query.succeeds("cuda_version", "nvmlSystemGetCudaDriverVersion", out)
                ? cuda(out.getInt(0))
                : null;
    }

    /** From 12080 for 12.8. */
    static @Nullable String cuda(int number) {
        return number < 1000 ? null : number / 1000 + "." + (number % 1000) / 10;
    }

    /** A driver that cannot count fans may still know one. */
    private static boolean hasFans(Query query, long handle) {
        Integer fans = query.number("fan_percent", "nvmlDeviceGetNumFans", handle);
        return fans == null ? query.lastCode() == NvmlReturn.FUNCTION_NOT_FOUND : fans > 0;
    }

    private static int migCount(Query query, long handle) {
        Integer count = query.number("partitions", "nvmlDeviceGetMaxMigDeviceCount", handle);
        return count == null || count > Partitions.MOST ? 0 : count;
    }

    private static Pcie pcie(Query query, long handle) {
        return PcieBuilder.builder()
                .generationMax(
                        positive(query.number("pcie.generation_max", "nvmlDeviceGetMaxPcieLinkGeneration", handle)))
                .widthMax(positive(query.number("pcie.width_max", "nvmlDeviceGetMaxPcieLinkWidth", handle)))
                .build();
    }

    /** Null for 0, which a link that is down has. */
    static @Nullable Integer positive(@Nullable Integer number) {
        return number == null || number == 0 ? null : number;
    }
}

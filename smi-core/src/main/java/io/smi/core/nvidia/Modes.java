package io.smi.core.nvidia;

import io.smi.schema.GpuModes;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The modes that an administrator sets. */
final class Modes {
    private static final int HOST_VGPU = 3;
    private static final int HOST_VSGA = 4;

    private Modes() {}

    static GpuModes read(Query query, long handle, @Nullable String vgpuHost) {
        return new GpuModes(
                query.flag("modes.persistence", "nvmlDeviceGetPersistenceMode", handle),
                compute(query.number("modes.compute", "nvmlDeviceGetComputeMode", handle)),
                mig(query, handle),
                vgpuHost);
    }

    private static @Nullable String compute(@Nullable Integer mode) {
        if (mode == null) {
            return null;
        }
        return switch (mode) {
            case 0 -> "default";
            case 2 -> "prohibited";
            case 3 -> "exclusive_process";
            default -> null;
        };
    }

    private static @Nullable Boolean mig(Query query, long handle) {
        ByteBuffer current = query.scratch().first();
        return query.succeeds(
                        "modes.mig",
                        "nvmlDeviceGetMigMode",
                        handle,
                        current,
                        query.scratch().second())
                ? Query.flag(current.getInt(0))
                : null;
    }

    /** How it serves virtual machines, which only a driver made for hosts of such does. */
    static @Nullable String vgpuHost(Query query, long handle) {
        Integer mode = query.number("modes.vgpu_host", "nvmlDeviceGetVirtualizationMode", handle);
        if (mode == null) {
            return null;
        } else if (mode != HOST_VGPU && mode != HOST_VSGA) {
            return "none";
        }
        Integer host = query.number("modes.vgpu_host", "nvmlDeviceGetHostVgpuMode", handle);
        return host == null ? null : host == 1 ? "sriov" : "vgpu";
    }
}

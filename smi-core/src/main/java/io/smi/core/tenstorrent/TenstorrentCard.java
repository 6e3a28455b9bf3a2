package io.smi.core.tenstorrent;

import io.smi.core.Problems;
import io.smi.core.gpu.PowerState;
import io.smi.core.kernel.KernelFiles;
import io.smi.core.kernel.RuntimeStatus;
import io.smi.core.kernel.RuntimeStatus.Power;
import io.smi.schema.DeviceType;
import io.smi.schema.Gpu;
import io.smi.schema.GpuBuilder;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One card. While it sleeps, only its place is told. */
final class TenstorrentCard implements Closeable {
    private static final String NODE = "tenstorrent!";

    private final KernelFiles sys;
    private final String path;
    private final String address;
    private final RuntimeStatus runtime;
    private @Nullable Telemetry telemetry;

    private TenstorrentCard(KernelFiles sys, String path, String address) {
        this.sys = sys;
        this.path = path;
        this.address = address;
        this.runtime = RuntimeStatus.of(sys, path + "/device");
    }

    /** The card of this entry; null when it is none. */
    static @Nullable TenstorrentCard open(KernelFiles sys, String path, String name) {
        boolean card = name.startsWith(NODE) && KernelFiles.number(name, NODE.length()) >= 0;
        String address = card ? sys.linkName(path + "/device") : null;
        return address == null ? null : new TenstorrentCard(sys, path, address);
    }

    Gpu read(Problems problems) throws IOException {
        GpuBuilder row = GpuBuilder.builder()
                .vendor("Tenstorrent")
                .deviceType(DeviceType.NPU)
                .pciBusId(address);
        Power state = runtime.read(problems);
        if (state == Power.AWAKE) {
            telemetry().read(row, problems);
        } else {
            row.state(PowerState.of(state));
        }
        return row.build();
    }

    /** The firmware of a Wormhole takes up to two minutes from its start until it has any. */
    private Telemetry telemetry() throws IOException {
        Telemetry open = telemetry;
        if (open == null || !open.isThere()) {
            closeTelemetry();
            open = new Telemetry(sys, path);
            telemetry = open;
        }
        return open;
    }

    private void closeTelemetry() throws IOException {
        Telemetry open = telemetry;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public void close() throws IOException {
        runtime.close();
        closeTelemetry();
    }
}

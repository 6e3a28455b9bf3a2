package io.smi.core.memory;

import io.smi.core.Problems;
import io.smi.core.Reader;
import io.smi.core.kernel.Devices;
import io.smi.core.kernel.KernelFile;
import io.smi.core.kernel.KernelFiles;
import io.smi.core.kernel.Roots;
import io.smi.schema.EccCounts;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /sys/devices/system/edac/mc}: the errors that all memory controllers counted together. */
public final class EdacReader implements Reader<EccCounts> {
    private final Devices<Controller> controllers;

    /** Reads the memory controllers of this sysfs. */
    public EdacReader(Roots roots) {
        this.controllers = new Devices<>(
                roots.sys(), "devices/system/edac/mc", (path, name, problems) -> controller(roots.sys(), path, name));
    }

    private record Controller(KernelFile corrected, KernelFile uncorrected) implements Closeable {
        @Override
        public void close() throws IOException {
            corrected.close();
            uncorrected.close();
        }
    }

    private static @Nullable Controller controller(KernelFiles sys, String path, String name) {
        return name.startsWith("mc")
                ? new Controller(sys.file(path + "/ce_count"), sys.file(path + "/ue_count"))
                : null;
    }

    @Override
    public @Nullable EccCounts read(Problems problems) throws IOException {
        List<Controller> found = controllers.list(problems);
        if (found.isEmpty()) {
            return null;
        }
        Long corrected = 0L;
        Long uncorrected = 0L;
        for (Controller controller : found) {
            corrected = sum(corrected, KernelFiles.number(controller.corrected(), problems));
            uncorrected = sum(uncorrected, KernelFiles.number(controller.uncorrected(), problems));
        }
        return new EccCounts(corrected, uncorrected);
    }

    /** A sum of which a part is unknown is unknown. */
    private static @Nullable Long sum(@Nullable Long one, @Nullable Long other) {
        return one == null || other == null ? null : Long.valueOf(one + other);
    }
}

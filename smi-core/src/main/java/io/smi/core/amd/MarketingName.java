package io.smi.core.amd;

import io.smi.core.Problems;
import io.smi.core.kernel.Cursor;
import io.smi.core.kernel.KernelFile;
import io.smi.core.kernel.KernelFiles;
import io.smi.core.kernel.Roots;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What AMD sells a card as. The driver knows that of few; of the others the list that libdrm brings, which also Mesa takes
 * its names from, by the PCI device and its revision.
 */
final class MarketingName {
    private static final String LIST = "usr/share/libdrm/amdgpu.ids";

    private MarketingName() {}

    /** Null where libdrm is not installed, or older than the card. */
    static @Nullable String of(Roots roots, String device, Problems problems) {
        String id = hex(roots.sys(), device + "/device", problems);
        String revision = hex(roots.sys(), device + "/revision", problems);
        if (id == null || revision == null) {
            return null;
        }
        try (KernelFile list = roots.root().file(LIST)) {
            Cursor text = KernelFiles.attribute(list, problems);
            return text == null ? null : find(text, id + ",\t" + revision + ",\t");
        } catch (IOException e) {
            return null;
        }
    }

    /** Without its 0x, in capitals: {@code 744C}. */
    private static @Nullable String hex(KernelFiles sys, String file, Problems problems) {
        String text = sys.text(file, problems);
        return text == null || !text.startsWith("0x")
                ? null
                : text.substring("0x".length()).toUpperCase(Locale.ROOT);
    }

    /** The rest of the line that begins so; null when it was cut short. */
    static @Nullable String find(Cursor text, String head) {
        while (!text.atEnd()) {
            if (text.accept(head)) {
                String name = text.rest();
                return text.accept("\n") && !name.isBlank() ? name.strip() : null;
            }
            text.nextLine();
        }
        return null;
    }
}

package io.smi.core.intel;

import io.smi.core.Problems;
import io.smi.core.kernel.Attributes;
import io.smi.core.kernel.Attributes.Attribute;
import io.smi.core.kernel.KernelFiles;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What holds a GT's clocks back: one file that says whether anything does, and one for each reason ("DOC: Xe GT Throttle"). */
final class Throttle implements Closeable {
    private final Attributes files;
    private final Attribute status;
    private final Map<String, Attribute> reasons = new TreeMap<>();

    /**
     * Of the files in this folder.
     *
     * @param prefix how the names of those with a reason begin
     */
    Throttle(KernelFiles sys, String folder, String status, String prefix) {
        this.files = new Attributes(sys, folder);
        this.status = files.number(status, 0, 1);
        for (String name : sys.list(folder)) {
            if (name.startsWith(prefix) && !name.equals(status)) {
                reasons.put(name.substring(prefix.length()), files.number(name, 0, 1));
            }
        }
    }

    /** Of all GTs together; empty when nothing holds any of them back, null when that is not known. */
    static @Nullable List<String> reasons(List<Gt> gts, Problems problems) {
        TreeSet<String> all = new TreeSet<>();
        for (Gt gt : gts) {
            List<String> own = gt.throttle().reasons(problems);
            if (own == null) {
                return null;
            }
            all.addAll(own);
        }
        return gts.isEmpty() ? null : List.copyOf(all);
    }

    /** Null also when something does that has no file. */
    private @Nullable List<String> reasons(Problems problems) {
        Long held = status.read(problems);
        if (held == null || held == 0) {
            return held == null ? null : List.of();
        }
        List<String> active = new ArrayList<>();
        for (Map.Entry<String, Attribute> reason : reasons.entrySet()) {
            Long one = reason.getValue().read(problems);
            if (one == null) {
                return null;
            }
            if (one == 1) {
                active.add(reason.getKey());
            }
        }
        return active.isEmpty() ? null : active;
    }

    @Override
    public void close() throws IOException {
        files.close();
    }
}

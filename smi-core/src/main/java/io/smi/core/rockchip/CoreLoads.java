package io.smi.core.rockchip;

import io.smi.core.kernel.Cursor;
import io.smi.core.kernel.KernelFiles;
import io.smi.core.kernel.KernelFormatException;
import java.util.Map;
import java.util.TreeMap;

/** What rknpu tells of its cores: {@code NPU load:  Core0:  25%, Core1:   0%, Core2: 100%,}, of a single one {@code NPU load:  25%}. */
final class CoreLoads {
    private CoreLoads() {}

    /** Percent by the driver's name for the core, in lower case. */
    static Map<String, Double> of(Cursor text) throws KernelFormatException {
        Map<String, Double> loads = new TreeMap<>();
        if (!text.accept("NPU load:")) {
            throw text.expected("NPU load:");
        }
        int core = 0;
        while (!text.atLineEnd()) {
            String label = "Core" + core + ":";
            boolean labelled = text.accept(label);
            String word = text.word();
            int end = word.endsWith(",") ? word.length() - 1 : word.length();
            boolean percent = end > 0 && word.charAt(end - 1) == '%' && (labelled || core == 0);
            int load = percent ? KernelFiles.number(word.substring(0, end - 1), 0) : -1;
            if (load < 0 || load > 100) {
                throw text.expected("a load of " + label + " in percent");
            }
            loads.put("core" + core++, Double.valueOf(load));
        }
        if (loads.isEmpty() || !text.accept("\n")) {
            throw text.expected("loads of cores in percent");
        }
        return loads;
    }
}

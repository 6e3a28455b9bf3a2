package io.smi.core.drm;

import io.smi.core.kernel.Cursor;
import io.smi.core.kernel.KernelFormatException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One client of a GPU, as the driver tells it in the fdinfo of each file through which it is held: {@code
 * Documentation/gpu/drm-usage-stats.rst}.
 *
 * @param driver the name that the driver gave itself
 * @param pdev PCI address of the device; null when the driver does not tell, or it is no PCI device
 * @param id what tells the clients of a device apart
 * @param values counters and sizes by key, without {@code drm-}: times in nanoseconds, memory in bytes
 */
record DrmClient(String driver, @Nullable String pdev, long id, Map<String, Long> values) {
    /** Those that are used. Others are not even parsed: {@code drm-client-name} is any text that a program likes. */
    private static final String[] NUMBERS = {"engine-", "cycles-", "total-cycles-", "resident-", "memory-", "client-id:"
    };

    private static final String ID = "client-id";

    DrmClient {
        values = Map.copyOf(values);
    }

    /**
     * Null when this is not the fdinfo of a client, or of one that does not say which.
     *
     * @throws KernelFormatException also when the last line does not end: more may be missing
     */
    static @Nullable DrmClient parse(Cursor text) throws KernelFormatException {
        String driver = null;
        String pdev = null;
        Map<String, Long> values = new TreeMap<>();
        while (!text.atEnd()) {
            if (text.accept("drm-driver:")) {
                driver = text.rest();
            } else if (text.accept("drm-pdev:")) {
                pdev = text.rest();
            } else if (text.accept("drm-")) {
                value(text, values);
            }
            text.rest();
            if (!text.accept("\n")) {
                throw text.expected("the end of a line");
            }
        }
        Long id = values.get(ID);
        return driver == null || id == null ? null : new DrmClient(driver, pdev, id, values);
    }

    private static void value(Cursor text, Map<String, Long> values) throws KernelFormatException {
        String key = text.word();
        for (String prefix : NUMBERS) {
            if (key.startsWith(prefix) && key.endsWith(":")) {
                values.put(key.substring(0, key.length() - 1), number(text));
            }
        }
    }

    private static long number(Cursor text) throws KernelFormatException {
        long number = text.number();
        String unit = text.word();
        int factor = switch (unit) {
            case "", "ns" -> 1;
            case "KiB" -> 1 << 10;
            case "MiB" -> 1 << 20;
            default -> throw text.expected("ns, KiB, MiB or no unit");
        };
        if (number < 0 || number > Long.MAX_VALUE / factor) {
            throw text.expected("a size or a time");
        }
        return number * factor;
    }

    /** The value of such a key; null when the driver does not tell. */
    @Nullable
    Long value(String key) {
        return values.get(key);
    }

    /**
     * What is resident of its buffers in the device's own memory, in bytes: in the regions vram, local and lmem. Of a
     * device that has no such region, all that is resident: it uses the host's memory. Drivers, or kernels, that do not
     * tell what is resident tell {@code drm-memory-*}, which is the same. Null when the driver tells neither.
     */
    @Nullable
    Long memoryBytes() {
        Long own = null;
        Long all = null;
        for (Map.Entry<String, Long> entry : values.entrySet()) {
            String region = region(entry.getKey());
            if (region != null) {
                all = plus(all, entry.getValue());
                own = isOnDevice(region) ? plus(own, entry.getValue()) : own;
            }
        }
        return own == null ? all : own;
    }

    /**
     * Host memory that is mapped for a device which has memory of its own: in the region gtt. Null when the driver does
     * not tell, or when {@link #memoryBytes} has it.
     */
    @Nullable
    Long gttBytes() {
        Long resident = values.get("resident-gtt");
        boolean own = values.keySet().stream().map(this::region).anyMatch(DrmClient::isOnDevice);
        return own ? resident == null ? values.get("memory-gtt") : resident : null;
    }

    /** The region of which this key says how much is used; null when it does not, or another says it better. */
    private @Nullable String region(String key) {
        if (key.startsWith("resident-")) {
            return key.substring("resident-".length());
        }
        String region = key.startsWith("memory-") ? key.substring("memory-".length()) : null;
        return values.containsKey("resident-" + region) ? null : region;
    }

    private static boolean isOnDevice(@Nullable String region) {
        return region != null && (region.startsWith("vram") || region.startsWith("local") || region.startsWith("lmem"));
    }

    private static Long plus(@Nullable Long sum, Long more) {
        return sum == null ? more : Long.valueOf(sum + more);
    }
}

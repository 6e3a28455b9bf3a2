package io.smi.core.drm;

import io.smi.core.Span;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** How busy clients keep the engines of a GPU. Engines have the driver's names, and several of a kind share one. */
final class DrmEngines {
    private static final String TIME = "engine-";
    private static final String CAPACITY = "engine-capacity-";
    private static final String CYCLES = "cycles-";
    private static final String TOTAL_CYCLES = "total-cycles-";

    /** It tells only of the engines that a client has used. */
    private static final String TELLS_USED_ONLY = "amdgpu";

    private static final Set<String> GRAPHICS = Set.of("render", "gfx", "3d", "rcs", "fragment");
    private static final Set<String> COMPUTE = Set.of("compute", "ccs");

    private DrmEngines() {}

    /**
     * What share of the window a client kept each engine busy, in percent; of several engines of a kind, the share of
     * all of them. Null when the driver does not tell, or when it is not known of one of them: its counter went back, or
     * was not there before.
     */
    static @Nullable Map<String, Double> percents(DrmClient before, DrmClient now, long nanos) {
        Map<String, Double> percents = new TreeMap<>();
        for (String engine : names(now)) {
            Double percent = percent(engine, before, now, nanos);
            if (percent == null) {
                return null;
            }
            percents.put(engine, percent);
        }
        return percents.isEmpty() && !tellsUsedOnly(now) ? null : percents;
    }

    private static Set<String> names(DrmClient client) {
        Set<String> names = new TreeSet<>();
        for (String key : client.values().keySet()) {
            if (key.startsWith(TIME) && !key.startsWith(CAPACITY)) {
                names.add(key.substring(TIME.length()));
            } else if (key.startsWith(CYCLES) && client.value(TOTAL_CYCLES + key.substring(CYCLES.length())) != null) {
                names.add(key.substring(CYCLES.length()));
            }
        }
        return names;
    }

    /** By the time that the driver counted; else by the cycles, of those that the GPU's clock made meanwhile. */
    private static @Nullable Double percent(String engine, DrmClient before, DrmClient now, long nanos) {
        Long told = now.value(CAPACITY + engine);
        double capacity = told == null ? 1 : told;
        Long time = now.value(TIME + engine);
        if (time != null) {
            Long earlier = before.value(TIME + engine);
            Long first = earlier == null && tellsUsedOnly(now) ? Long.valueOf(0) : earlier;
            return Span.percent(Span.growth(first, time), nanos * capacity);
        }
        Double total = Span.growth(before.value(TOTAL_CYCLES + engine), now.value(TOTAL_CYCLES + engine));
        Double busy = Span.growth(before.value(CYCLES + engine), now.value(CYCLES + engine));
        return Span.percent(busy, total == null ? null : total * capacity);
    }

    private static boolean tellsUsedOnly(DrmClient client) {
        return client.driver().equals(TELLS_USED_ONLY);
    }

    /** The share of the busiest engine, 0 when none was used; null when not known. */
    static @Nullable Double busiest(@Nullable Map<String, Double> engines) {
        if (engines == null) {
            return null;
        }
        double most = 0;
        for (double percent : engines.values()) {
            most = Math.max(most, percent);
        }
        return Math.min(100, most);
    }

    /**
     * What these clients have used the device for so far, by the engines that they kept busy: null where names do not
     * tell, as with engines for video, or that do everything.
     */
    static @Nullable String kind(Collection<DrmClient> clients) {
        boolean graphics = false;
        boolean compute = false;
        for (DrmClient client : clients) {
            graphics |= hasUsed(client, GRAPHICS);
            compute |= hasUsed(client, COMPUTE);
        }
        if (graphics) {
            return compute ? "compute+graphics" : "graphics";
        }
        return compute ? "compute" : null;
    }

    private static boolean hasUsed(DrmClient client, Set<String> engines) {
        for (String engine : engines) {
            if (isMore(client.value(TIME + engine)) || isMore(client.value(CYCLES + engine))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isMore(@Nullable Long counter) {
        return counter != null && counter > 0;
    }
}

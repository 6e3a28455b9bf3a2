package io.smi.core.amd;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * For how long an Instinct was held back by each of {@link #NAMES}.
 *
 * @param rounds of the firmware, up to now
 * @param counts of those, one for each name; 32 bits that wrap
 */
record Residencies(int rounds, List<Integer> counts) {
    private static final List<String> NAMES = List.of("prochot", "ppt", "thermal_socket", "thermal_vr", "thermal_hbm");

    private static final int NOT_TOLD = -1;

    Residencies {
        counts = List.copyOf(counts);
    }

    /** Where {@code accumulation_counter} is at this offset; null when this card does not tell. */
    static @Nullable Residencies at(int offset, ByteBuffer table) {
        List<Integer> counts = new ArrayList<>(NAMES.size());
        for (int i = 0; i <= NAMES.size(); i++) {
            int at = offset + i * Integer.BYTES;
            if (at + Integer.BYTES > table.limit() || table.getInt(at) == NOT_TOLD) {
                return null;
            }
            counts.add(table.getInt(at));
        }
        return new Residencies(counts.getFirst(), counts.subList(1, counts.size()));
    }

    /** What held it back since then; null when no round has passed. */
    @Nullable
    List<String> since(Residencies before) {
        List<String> reasons = new ArrayList<>();
        for (int i = 0; i < NAMES.size(); i++) {
            if (!counts.get(i).equals(before.counts.get(i))) {
                reasons.add(NAMES.get(i));
            }
        }
        return rounds == before.rounds ? null : reasons;
    }
}

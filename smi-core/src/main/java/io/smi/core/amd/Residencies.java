package io.smi.core.amd;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * For how many rounds of the firmware each of these reasons held a card back.
 *
 * @param rounds up to now; null for a card that does not count them
 * @param counts one for each name; mostly 32 bits that wrap
 */
record Residencies(@Nullable Long rounds, List<String> names, List<Long> counts) {
    private static final List<String> INSTINCT =
            List.of("prochot", "ppt", "thermal_socket", "thermal_vr", "thermal_hbm");

    private static final List<String> PROCESSOR =
            List.of("prochot", "spl", "fppt", "sppt", "thermal_core", "thermal_gfx", "thermal_soc");

    private static final int NOT_TOLD = -1;

    Residencies {
        names = List.copyOf(names);
        counts = List.copyOf(counts);
    }

    /** Of an Instinct whose {@code accumulation_counter} is at this offset; null when it does not tell. */
    static @Nullable Residencies ofInstinct(int offset, ByteBuffer table) {
        return ofInstinct(counts(offset, 1 + INSTINCT.size(), table));
    }

    /** Of an Instinct whose table has attributes; null when it does not tell. */
    static @Nullable Residencies ofInstinct(MetricsAttributes attributes) {
        List<Long> counts = new ArrayList<>();
        for (int i = 0; i <= INSTINCT.size(); i++) {
            Long count = attributes.value(MetricsAttributes.ROUNDS + i, 0);
            if (count == null) {
                return null;
            }
            counts.add(count);
        }
        return ofInstinct(counts);
    }

    private static @Nullable Residencies ofInstinct(@Nullable List<Long> counts) {
        return counts == null ? null : new Residencies(counts.getFirst(), INSTINCT, counts.subList(1, counts.size()));
    }

    /** Of a processor whose {@code throttle_residency_prochot} is at this offset; null when it does not tell. */
    static @Nullable Residencies ofProcessor(int offset, ByteBuffer table) {
        List<Long> counts = counts(offset, PROCESSOR.size(), table);
        return counts == null ? null : new Residencies(null, PROCESSOR, counts);
    }

    private static @Nullable List<Long> counts(int offset, int size, ByteBuffer table) {
        List<Long> counts = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            int at = offset + i * Integer.BYTES;
            if (at + Integer.BYTES > table.limit() || table.getInt(at) == NOT_TOLD) {
                return null;
            }
            counts.add(Integer.toUnsignedLong(table.getInt(at)));
        }
        return counts;
    }

    /** What held it back since then; null when no round has passed. */
    @Nullable
    List<String> since(Residencies before) {
        if ((rounds != null && rounds.equals(before.rounds)) || !names.equals(before.names)) {
            return null;
        }
        List<String> reasons = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            if (!counts.get(i).equals(before.counts.get(i))) {
                reasons.add(names.get(i));
            }
        }
        return reasons;
    }
}

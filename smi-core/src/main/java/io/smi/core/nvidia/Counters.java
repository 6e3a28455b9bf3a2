package io.smi.core.nvidia;

import io.smi.core.nvidia.Fields.Field;
import io.smi.schema.EccCounts;
import io.smi.schema.GpuBuilder;
import io.smi.schema.GpuEcc;
import io.smi.schema.GpuEccBuilder;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What NVML has as fields, read by one call, and each by its function where a driver does not have the field: memory
 * temperature, energy, memory errors, and the counters of the PCI Express link.
 */
final class Counters {
    private static final int MEMORY_TEMPERATURE = 0;
    private static final int ENERGY = 1;
    private static final int REPLAY = 2;
    private static final int TX = 3;
    private static final int RX = 4;
    private static final int ECC_MODE = 5;
    private static final int ECC_COUNTS = 6;
    private static final int RETIRED_SINGLE = 10;
    private static final int RETIRED_DOUBLE = 11;
    private static final int RETIRED_PENDING = 12;
    private static final int REMAPPED = 13;
    private static final String REMAPPED_ROWS = "ecc.remapped_rows";

    private final Fields fields = new Fields(List.of(
            new Field(82, "temperature_memory_celsius"),
            new Field(83, "energy_joules_total"),
            new Field(94, "pcie.replay_total"),
            new Field(197, "pcie.tx_bytes_per_second"),
            new Field(198, "pcie.rx_bytes_per_second"),
            new Field(1, "ecc.mode"),
            new Field(3, "ecc.volatile"),
            new Field(4, "ecc.volatile"),
            new Field(5, "ecc.aggregate"),
            new Field(6, "ecc.aggregate"),
            new Field(29, "ecc.retired_pages"),
            new Field(30, "ecc.retired_pages"),
            new Field(31, "ecc.retired_pages"),
            new Field(142, REMAPPED_ROWS),
            new Field(143, REMAPPED_ROWS),
            new Field(144, REMAPPED_ROWS),
            new Field(145, REMAPPED_ROWS)));

    /**
     * What does not go into the row as it is.
     *
     * @param tx bytes that the device sent over PCI Express; null when not counted
     * @param rx bytes that it received
     * @param degraded whether memory could not be repaired, or is only once the device is reset
     */
    record Rest(
            @Nullable Long tx, @Nullable Long rx, @Nullable Long replays, boolean degraded) {}

    Rest read(Query query, long handle, GpuBuilder row) {
        fields.read(query, handle);
        row.temperatureMemoryCelsius(Condition.celsius(fields.get(query, MEMORY_TEMPERATURE)));
        Long energy = fields.tries(query, ENERGY);
        if (energy == null) {
            energy = query.large("energy_joules_total", "nvmlDeviceGetTotalEnergyConsumption", handle);
        }
        row.energyJoulesTotal(energy == null ? null : Double.valueOf(energy / 1000.0));
        Long replays = fields.tries(query, REPLAY);
        if (replays == null) {
            Integer number = query.number("pcie.replay_total", "nvmlDeviceGetPcieReplayCounter", handle);
            replays = number == null ? null : Long.valueOf(number);
        }
        @Nullable Long[] remapped = remapped(query, handle);
        row.ecc(ecc(query, handle, remapped));
        boolean degraded = isSet(remapped[2]) || isSet(remapped[3]) || isSet(fields.tries(query, RETIRED_PENDING));
        return new Rest(fields.get(query, TX), fields.get(query, RX), replays, degraded);
    }

    private static boolean isSet(@Nullable Long flag) {
        return flag != null && flag == 1;
    }

    /** Null for a device that has nothing of all this. */
    private @Nullable GpuEcc ecc(Query query, long handle, @Nullable Long[] remapped) {
        Boolean mode = Query.flag(fields.tries(query, ECC_MODE));
        if (mode == null) {
            ByteBuffer current = query.scratch().first();
            mode = query.succeeds(
                            "ecc.mode",
                            "nvmlDeviceGetEccMode",
                            handle,
                            current,
                            query.scratch().second())
                    ? Query.flag(current.getInt(0))
                    : null;
        }
        boolean counts = mode == null || mode;
        EccCounts none = null;
        GpuEcc ecc = GpuEccBuilder.builder()
                .mode(mode)
                .volatileCounts(counts ? counts(query, handle, 0) : none)
                .aggregate(counts ? counts(query, handle, 1) : none)
                .remappedRows(sum(remapped[0], remapped[1]))
                .retiredPages(sum(fields.get(query, RETIRED_SINGLE), fields.get(query, RETIRED_DOUBLE)))
                .build();
        return ecc.equals(GpuEccBuilder.builder().build()) ? null : ecc;
    }

    /** Errors since the driver was loaded (0) or ever (1). */
    private @Nullable EccCounts counts(Query query, long handle, int since) {
        Long corrected = count(query, handle, 0, since);
        Long uncorrected = count(query, handle, 1, since);
        return corrected == null && uncorrected == null ? null : new EccCounts(corrected, uncorrected);
    }

    private @Nullable Long count(Query query, long handle, int type, int since) {
        Long count = fields.tries(query, ECC_COUNTS + 2 * since + type);
        if (count != null) {
            return count;
        }
        ByteBuffer out = query.scratch().first();
        String key = since == 0 ? "ecc.volatile" : "ecc.aggregate";
        return query.succeeds(key, "nvmlDeviceGetTotalEccErrors", handle, type, since, out)
                ? Query.large(out, 0)
                : null;
    }

    /** Rows remapped for correctable and for uncorrectable errors; whether some wait for a reset, whether any failed. */
    private @Nullable Long[] remapped(Query query, long handle) {
        @Nullable Long[] rows = new Long[4];
        boolean known = false;
        for (int i = 0; i < rows.length; i++) {
            rows[i] = fields.tries(query, REMAPPED + i);
            known |= rows[i] != null;
        }
        Scratch out = query.scratch();
        ByteBuffer[] numbers = {out.first(), out.second(), out.third(), out.fourth()};
        if (!known
                && query.succeeds(
                        REMAPPED_ROWS,
                        "nvmlDeviceGetRemappedRows",
                        handle,
                        numbers[0],
                        numbers[1],
                        numbers[2],
                        numbers[3])) {
            for (int i = 0; i < rows.length; i++) {
                rows[i] = numbers[i].getInt(0) < 0 ? null : Long.valueOf(numbers[i].getInt(0));
            }
        }
        return rows;
    }

    private static @Nullable Integer sum(@Nullable Long one, @Nullable Long other) {
        return one == null || other == null || one + other > Integer.MAX_VALUE
                ? null
                : Integer.valueOf((int) (one + other));
    }
}

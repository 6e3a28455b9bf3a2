package io.smi.core.amd;

import io.smi.core.Problems;
import io.smi.core.kernel.Cursor;
import io.smi.core.kernel.KernelFile;
import io.smi.core.kernel.KernelFiles;
import io.smi.schema.GpuLink;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code gpu_metrics}: a table of the firmware ({@code kgd_pp_interface.h}), of which each kind of card has a revision of its
 * own. All ones mean that a card does not tell. Only what no other file says is taken from it; revisions 1.0 to 1.2 (Vega, the
 * first Navi) have nothing of that but a throttle status whose bits are each card's own.
 *
 * @param energyJoules as the firmware counts it: only of revisions 1.4 to 1.9, for which AMD gives a unit. Radeons have 32
 *     bits of no known unit, which wrap, or which newer drivers fill with ones
 * @param memoryClockMhz of GPUs that are part of a processor, revisions 2.1 to 2.4 and 3.0
 * @param throttleReasons of revision 1.3 (Radeon) and 2.2 to 2.4; in 1.4 and 1.5 it is always 0
 * @param residencies of revisions 1.6 to 1.9 (Instinct) and 3.0 (processors)
 * @param links of revisions 1.4 to 1.9
 */
record GpuMetrics(
        @Nullable Double energyJoules,
        @Nullable Integer memoryClockMhz,
        @Nullable List<String> throttleReasons,
        @Nullable Residencies residencies,
        List<GpuLink> links) {
    static final GpuMetrics NONE = new GpuMetrics(null, null, null, null, List.of());

    private static final int HEADER = 4;
    private static final int NOT_TOLD = 0xffff;
    private static final double JOULES = 1.0 / (1 << 16);

    GpuMetrics {
        throttleReasons = throttleReasons == null ? null : List.copyOf(throttleReasons);
        links = List.copyOf(links);
    }

    static GpuMetrics read(@Nullable KernelFile file, Problems problems) {
        Cursor text = file == null ? null : KernelFiles.attribute(file, problems);
        if (text == null || text.atEnd()) {
            return NONE;
        }
        ByteBuffer table = text.binary();
        if (table.limit() < HEADER || Short.toUnsignedInt(table.getShort(0)) != table.limit()) {
            problems.failed(text.path() + ": is no whole table");
            return NONE;
        }
        return of(table);
    }

    /** By the two bytes of its revision. */
    static GpuMetrics of(ByteBuffer table) {
        return switch (table.get(2) << 8 | table.get(3)) {
            case 0x103 -> of(null, reasons(112, table));
            case 0x104 -> ofInstinct(joules(24, table), null, XgmiLinks.of(104, XgmiLinks.NO_STATUS, table));
            case 0x105 -> ofInstinct(joules(88, table), null, XgmiLinks.of(176, XgmiLinks.NO_STATUS, table));
            case 0x106 -> {
                Residencies residencies = Residencies.ofInstinct(32, table);
                yield ofInstinct(joules(16, table), residencies, XgmiLinks.of(128, XgmiLinks.NO_STATUS, table));
            }
            case 0x107, 0x108 ->
                ofInstinct(joules(24, table), Residencies.ofInstinct(40, table), XgmiLinks.of(136, 264, table));
            case 0x109 -> of(new MetricsAttributes(table));
            case 0x201 -> of(mhz(80, table), null);
            case 0x202, 0x203, 0x204 -> of(mhz(80, table), reasons(120, table));
            case 0x300 -> new GpuMetrics(null, mhz(186, table), null, Residencies.ofProcessor(228, table), List.of());
            default -> NONE;
        };
    }

    private static GpuMetrics of(MetricsAttributes attributes) {
        Long energy = attributes.value(MetricsAttributes.ENERGY, 0);
        return ofInstinct(
                energy == null ? null : Double.valueOf(energy * JOULES),
                Residencies.ofInstinct(attributes),
                XgmiLinks.of(attributes));
    }

    private static GpuMetrics of(@Nullable Integer memoryClockMhz, @Nullable List<String> throttleReasons) {
        return new GpuMetrics(null, memoryClockMhz, throttleReasons, null, List.of());
    }

    private static GpuMetrics ofInstinct(
            @Nullable Double joules, @Nullable Residencies residencies, List<GpuLink> links) {
        return new GpuMetrics(joules, null, null, residencies, links);
    }

    /** {@code energy_accumulator}, in 2^-16 J. */
    private static @Nullable Double joules(int offset, ByteBuffer table) {
        boolean told = offset + Long.BYTES <= table.limit() && table.getLong(offset) >= 0;
        return told ? Double.valueOf(table.getLong(offset) * JOULES) : null;
    }

    /** {@code current_uclk}; of revision 3.0 {@code average_uclk_frequency}. */
    private static @Nullable Integer mhz(int offset, ByteBuffer table) {
        int mhz = offset + Short.BYTES <= table.limit() ? Short.toUnsignedInt(table.getShort(offset)) : 0;
        return mhz == 0 || mhz == NOT_TOLD ? null : Integer.valueOf(mhz);
    }

    /** {@code indep_throttle_status}. */
    private static @Nullable List<String> reasons(int offset, ByteBuffer table) {
        boolean told = offset + Long.BYTES <= table.limit() && table.getLong(offset) != -1;
        return told ? Throttler.reasons(table.getLong(offset)) : null;
    }
}

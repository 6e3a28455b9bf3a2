package io.smi.core.amd;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A {@code gpu_metrics} table of revision 1.9 ({@code struct gpu_metrics_v1_9}): no struct any more, but attributes of which
 * each says which one it is, of what type, and of how many values. Which there are and in what order is up to the driver,
 * and so are their types: residencies had 32 bits at first and have 64 now.
 *
 * @param table with its header of four bytes, the number of attributes in four more, and the attributes without padding
 */
record MetricsAttributes(ByteBuffer table) {
    /** {@code enum amdgpu_metrics_attr_id}; the five reasons of {@link Residencies} follow the rounds. */
    static final int ENERGY = 7;

    static final int ROUNDS = 9;
    static final int XGMI_READ = 29;
    static final int XGMI_WRITTEN = 30;
    static final int XGMI_STATUS = 31;

    private static final int COUNT = 4;
    private static final int FIRST = 8;
    private static final int ABSENT = -1;

    /** How many values of it there are; 0 when the card does not have it. */
    int size(int id) {
        int at = find(id);
        return at == ABSENT ? 0 : instances(table.getLong(at));
    }

    /** One of its values; null when the card does not tell it: all bits of it are ones. */
    @Nullable
    Long value(int id, int instance) {
        int at = find(id);
        if (at == ABSENT || instance >= instances(table.getLong(at))) {
            return null;
        }
        int width = width(table.getLong(at));
        int value = at + Long.BYTES + instance * width;
        return switch (width) {
            case Byte.BYTES -> told(table.get(value), 0xffL);
            case Short.BYTES -> told(table.getShort(value), 0xffffL);
            case Integer.BYTES -> told(table.getInt(value), 0xffff_ffffL);
            default -> table.getLong(value) < 0 ? null : Long.valueOf(table.getLong(value));
        };
    }

    private static @Nullable Long told(long value, long mask) {
        return value == -1 ? null : Long.valueOf(value & mask);
    }

    /** Where its encoding is, if all its values are in the table, and nothing before it is of a size that is not known. */
    private int find(int id) {
        int left = table.limit() < FIRST ? 0 : table.getInt(COUNT);
        int at = FIRST;
        while (left-- > 0 && at + Long.BYTES <= table.limit()) {
            long encoding = table.getLong(at);
            int end = at + Long.BYTES + instances(encoding) * width(encoding);
            if (width(encoding) > Long.BYTES || end > table.limit()) {
                return ABSENT;
            }
            if (id(encoding) == id) {
                return at;
            }
            at = end;
        }
        return ABSENT;
    }

    private static int instances(long encoding) {
        return (int) encoding & 0x3ff;
    }

    private static int id(long encoding) {
        return (int) (encoding >> 10) & 0x3ff;
    }

    /** {@code enum amdgpu_metrics_attr_type}: eight bits without and with a sign, then 16, 32 and 64; more is no known type. */
    private static int width(long encoding) {
        return 1 << ((int) (encoding >> 21) & 0x7);
    }
}

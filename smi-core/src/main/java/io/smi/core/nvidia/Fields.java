package io.smi.core.nvidia;

import io.smi.core.nvidia.NvmlLayout.FieldValue;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Several fields of one device, read by one call: {@code nvmlDeviceGetFieldValues}. */
final class Fields {
    private static final String FUNCTION = "nvmlDeviceGetFieldValues";
    private static final int DOUBLE = 0;
    private static final int UNSIGNED_INT = 1;
    private static final int SIGNED_INT = 5;
    private static final int UNSIGNED_SHORT = 6;

    private final List<Field> fields;
    private final ByteBuffer values;

    /**
     * One field.
     *
     * @param id {@code NVML_FI_DEV_...}
     * @param scope which link, where the field is one's
     * @param key of the row, that it is for
     */
    record Field(int id, int scope, String key) {
        Field(int id, String key) {
            this(id, 0, key);
        }
    }

    Fields(List<Field> fields) {
        this.fields = List.copyOf(fields);
        this.values = Scratch.buffer(fields.size() * FieldValue.SIZE);
    }

    /** Reads them all; a driver that does not know this function, or a field, leaves that unknown. */
    void read(Query query, long handle) {
        for (int i = 0; i < fields.size(); i++) {
            int at = i * FieldValue.SIZE;
            for (int word = at; word < at + FieldValue.SIZE; word += Long.BYTES) {
                values.putLong(word, 0);
            }
            values.putInt(at + FieldValue.FIELD, fields.get(i).id());
            values.putInt(at + FieldValue.SCOPE, fields.get(i).scope());
            values.putInt(at + FieldValue.RETURN, NvmlReturn.NOT_SUPPORTED);
        }
        if (!query.tries("fields", FUNCTION, handle, fields.size(), values)) {
            for (int i = 0; i < fields.size(); i++) {
                values.putInt(i * FieldValue.SIZE + FieldValue.RETURN, NvmlReturn.FUNCTION_NOT_FOUND);
            }
        }
    }

    /** A field that something else stands in for: null, and no more said, when it is not supported. */
    @Nullable
    Long tries(Query query, int index) {
        return NvmlReturn.isUnsupported(code(index)) ? null : get(query, index);
    }

    /** The field in this place; null when the device does not have it. */
    @Nullable
    Long get(Query query, int index) {
        Field field = fields.get(index);
        String name = FUNCTION + " " + field.id();
        if (query.isLost() || !query.take(field.key(), name, code(index))) {
            return null;
        }
        Long value = value(index * FieldValue.SIZE);
        if (value == null) {
            query.implausible(field.key(), name);
        }
        return value;
    }

    private int code(int index) {
        return values.getInt(index * FieldValue.SIZE + FieldValue.RETURN);
    }

    /** Null for all ones, in whatever width, and for what is below zero: no field here can be. */
    private @Nullable Long value(int at) {
        long value = switch (values.getInt(at + FieldValue.TYPE)) {
            case DOUBLE -> (long) values.getDouble(at + FieldValue.VALUE);
            case UNSIGNED_INT, SIGNED_INT -> values.getInt(at + FieldValue.VALUE);
            case UNSIGNED_SHORT -> values.getShort(at + FieldValue.VALUE);
            default -> values.getLong(at + FieldValue.VALUE);
        };
        return Query.large(value);
    }
}

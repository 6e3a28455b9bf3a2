package io.smi.core.nvidia;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Memory that NVML writes its answers into. For one thread at a time, and until the next call. */
final class Scratch {
    static final int TEXT_SIZE = 96;

    private final ByteBuffer first = buffer(Long.BYTES);
    private final ByteBuffer second = buffer(Long.BYTES);
    private final ByteBuffer third = buffer(Long.BYTES);
    private final ByteBuffer fourth = buffer(Long.BYTES);
    private final ByteBuffer text = buffer(TEXT_SIZE);
    private final ByteBuffer struct = buffer(NvmlLayout.PciInfo.SIZE);

    /** Memory that is not there before it is needed: most machines have no GPU of NVIDIA. */
    static final class Lazy {
        private @Nullable Scratch scratch;

        Scratch get() {
            Scratch made = scratch;
            if (made == null) {
                made = new Scratch();
                scratch = made;
            }
            return made;
        }
    }

    static ByteBuffer buffer(int size) {
        return ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
    }

    /** For one number. */
    ByteBuffer first() {
        return first.putLong(0, 0);
    }

    /** For the second number of the same call. */
    ByteBuffer second() {
        return second.putLong(0, 0);
    }

    /** For the third. */
    ByteBuffer third() {
        return third.putLong(0, 0);
    }

    /** For the fourth. */
    ByteBuffer fourth() {
        return fourth.putLong(0, 0);
    }

    /** For a text, or with one. */
    ByteBuffer text(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < TEXT_SIZE; i++) {
            text.put(i, i < bytes.length && i < TEXT_SIZE - 1 ? bytes[i] : 0);
        }
        return text;
    }

    /** For a structure, whose first word is this. */
    ByteBuffer struct(int version) {
        for (int i = 0; i < struct.capacity(); i++) {
            struct.put(i, (byte) 0);
        }
        return struct.putInt(0, version);
    }

    /** The text that ends at the first zero byte. */
    static String string(ByteBuffer bytes, int offset, int size) {
        byte[] text = new byte[size];
        int length = 0;
        while (length < size && bytes.get(offset + length) != 0) {
            text[length] = bytes.get(offset + length);
            length++;
        }
        return new String(text, 0, length, StandardCharsets.UTF_8).strip();
    }
}

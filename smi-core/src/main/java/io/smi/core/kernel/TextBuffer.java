package io.smi.core.kernel;

import java.io.IOException;
import java.util.Arrays;

/**
 * Where the text of a file is read into, and grows with. Each {@link KernelFile} has its own, unless thousands of small
 * ones that are read one after the other share one.
 */
public final class TextBuffer {
    private static final int FIRST_SIZE = 256;
    private static final int LARGEST = 64 << 20;

    /** Up to this size the JDK reads through its stack; beyond it, it allocates native memory for each read. */
    private static final int CHUNK = 8192;

    private final int enough;
    private byte[] bytes = new byte[0];
    private final Cursor cursor = new Cursor("", bytes, 0);

    /** For whole files. */
    public TextBuffer() {
        this(Integer.MAX_VALUE);
    }

    /** For no more of a file than this many bytes of its start. */
    public TextBuffer(int enough) {
        this.enough = enough;
    }

    /**
     * The rest of an open file.
     *
     * @param onePiece whether a read that gives less than there is room for has given all
     */
    Cursor fill(String path, FileOpener.Handle open, boolean onePiece) throws IOException {
        int length = 0;
        boolean more = true;
        while (more && length < enough) {
            if (length == bytes.length) {
                grow();
            }
            int room = Math.min(CHUNK, Math.min(bytes.length, enough) - length);
            int count = open.read(bytes, length, room);
            length += Math.max(0, count);
            more = onePiece ? count == room : count > 0;
        }
        cursor.reset(path, bytes, length);
        return cursor;
    }

    private void grow() throws IOException {
        if (bytes.length >= LARGEST) {
            throw new IOException("larger than " + LARGEST + " bytes");
        }
        bytes = Arrays.copyOf(bytes, Math.max(FIRST_SIZE, bytes.length * 4));
    }
}

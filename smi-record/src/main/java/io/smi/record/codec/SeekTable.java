package io.smi.record.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The table at the end of a zstd file that was closed in order: Zstandard Seekable Format 0.1.0, a skippable frame with the
 * size of each frame, and its content's. It is for other programs: smi finds its way by the frames themselves, and takes
 * the table as the sign that nothing is missing.
 */
public final class SeekTable {
    static final int SKIPPABLE_MAGIC = 0x184D2A5E;
    private static final int FOOTER_MAGIC = 0x8F92EAB1;
    private static final int HEADER_SIZE = 8;
    private static final int ENTRY_SIZE = 8;
    /** Of the footer: the number of frames, a byte of flags, the magic number. */
    public static final int FOOTER_SIZE = 9;
    /** In the byte of flags: each entry has a checksum. */
    private static final int WITH_CHECKSUMS = 0x80;

    private final List<ChunkSize> chunks;

    /** A table of these frames. */
    public SeekTable(List<ChunkSize> chunks) {
        this.chunks = new ArrayList<>(chunks);
    }

    /** The frames, in the order of the file. */
    public List<ChunkSize> chunks() {
        return List.copyOf(chunks);
    }

    void add(ChunkSize chunk) {
        chunks.add(chunk);
    }

    ByteBuffer encode() {
        int size = chunks.size() * ENTRY_SIZE + FOOTER_SIZE;
        ByteBuffer table = ByteBuffer.allocate(HEADER_SIZE + size).order(ByteOrder.LITTLE_ENDIAN);
        table.putInt(SKIPPABLE_MAGIC).putInt(size);
        for (ChunkSize chunk : chunks) {
            table.putInt((int) chunk.compressed()).putInt((int) chunk.content());
        }
        return table.putInt(chunks.size()).put((byte) 0).putInt(FOOTER_MAGIC).flip();
    }

    /** How long the whole table is of which this is the footer; 0 when it is not the footer of a table. */
    public static long length(ByteBuffer footer) {
        ByteBuffer fields = footer.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        long count = Integer.toUnsignedLong(fields.getInt());
        int flags = fields.get();
        if (fields.getInt() != FOOTER_MAGIC) {
            return 0;
        }
        int entry = (flags & WITH_CHECKSUMS) == 0 ? ENTRY_SIZE : ENTRY_SIZE + Integer.BYTES;
        return HEADER_SIZE + count * entry + FOOTER_SIZE;
    }

    /**
     * Moves behind a skippable frame, if the input stands at one that is whole: a table, or what other programs keep there,
     * which another frame has to follow.
     */
    static boolean skip(Input in) throws IOException {
        long start = in.position();
        byte[] header = new byte[HEADER_SIZE];
        int length = in.readAll(header, HEADER_SIZE);
        ByteBuffer fields = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
        int magic = fields.getInt();
        if (length == HEADER_SIZE && isSkippable(magic)) {
            int size = fields.getInt();
            if (magic == SKIPPABLE_MAGIC ? isWhole(in, size) : isFollowed(in, size)) {
                return true;
            }
        }
        in.position(start);
        return false;
    }

    /** Whether frames with this magic number are for some programs only, and skipped by all others (RFC 8878, 3.1.2). */
    static boolean isSkippable(int magic) {
        return (magic & 0xfffffff0) == 0x184D2A50;
    }

    private static boolean isFollowed(Input in, int size) throws IOException {
        long end = in.position() + Integer.toUnsignedLong(size);
        in.position(end);
        byte[] word = new byte[Integer.BYTES];
        int next = in.readAll(word, word.length) < word.length
                ? 0
                : ByteBuffer.wrap(word).order(ByteOrder.LITTLE_ENDIAN).getInt();
        in.position(end);
        return next == ZstdDecoder.MAGIC || isSkippable(next);
    }

    /** Whether the input, which stands at a skippable frame, ends before that does. It stands anywhere then. */
    static boolean isCutOff(Input in) throws IOException {
        byte[] header = new byte[HEADER_SIZE];
        if (in.readAll(header, HEADER_SIZE) < HEADER_SIZE) {
            return true;
        }
        long size = Integer.toUnsignedLong(
                ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getInt(Integer.BYTES));
        in.position(in.position() + Math.max(0, size - 1));
        return size > 0 && in.read() < 0;
    }

    /** Moves from the end of the input to the table that it ends with. */
    static boolean find(Input in) throws IOException {
        long end = in.position();
        if (end < FOOTER_SIZE) {
            return false;
        }
        in.position(end - FOOTER_SIZE);
        byte[] footer = new byte[FOOTER_SIZE];
        long length = in.readAll(footer, FOOTER_SIZE) < FOOTER_SIZE ? 0 : length(ByteBuffer.wrap(footer));
        in.position(end - Math.min(length, end));
        long start = in.position();
        boolean whole = length > 0 && skip(in);
        in.position(whole ? start : end);
        return whole;
    }

    /** By its footer: a table may be larger than what should be in memory. */
    private static boolean isWhole(Input in, int size) throws IOException {
        if (size < FOOTER_SIZE) {
            return false;
        }
        in.position(in.position() + size - FOOTER_SIZE);
        byte[] footer = new byte[FOOTER_SIZE];
        return in.readAll(footer, FOOTER_SIZE) == FOOTER_SIZE && length(ByteBuffer.wrap(footer)) == HEADER_SIZE + size;
    }

    /** Reads a whole table; null when it is not one, or not of a file of which that much lies before the table. */
    public static @Nullable SeekTable decode(ByteBuffer table, long before) {
        ByteBuffer fields = table.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        int length = fields.remaining();
        if (length < HEADER_SIZE + FOOTER_SIZE
                || length(fields.slice(length - FOOTER_SIZE, FOOTER_SIZE)) != length
                || fields.getInt() != SKIPPABLE_MAGIC
                || fields.getInt() != length - HEADER_SIZE) {
            return null;
        }
        boolean checksums = (fields.get(length - FOOTER_SIZE + Integer.BYTES) & WITH_CHECKSUMS) != 0;
        List<ChunkSize> chunks = new ArrayList<>();
        long sum = 0;
        while (fields.remaining() > FOOTER_SIZE) {
            ChunkSize chunk =
                    new ChunkSize(Integer.toUnsignedLong(fields.getInt()), Integer.toUnsignedLong(fields.getInt()));
            if (checksums) {
                fields.getInt();
            }
            chunks.add(chunk);
            sum += chunk.compressed();
        }
        return sum == before ? new SeekTable(chunks) : null;
    }
}

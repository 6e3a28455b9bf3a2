package io.smi.record.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/** How a recording is compressed. */
public enum Codec {
    /** Not at all. */
    PLAIN(0, 0, 0),
    /** Members of RFC 1952, one after the other. */
    GZIP(1, 6, 9),
    /** Frames of RFC 8878, one after the other. Beyond level 19 its windows are larger than 8 MiB, which not all readers take. */
    ZSTD(1, 3, 19);

    /** The endings of a recording's name. */
    public static final String EXTENSIONS = ".jsonl, .ndjson, .gz, .zst";

    private final int leastLevel;
    private final int defaultLevel;
    private final int mostLevel;

    Codec(int leastLevel, int defaultLevel, int mostLevel) {
        this.leastLevel = leastLevel;
        this.defaultLevel = defaultLevel;
        this.mostLevel = mostLevel;
    }

    /**
     * The codec of a new file, by the ending of its name.
     *
     * @throws IllegalArgumentException with a message for the user, when the name has another ending
     */
    public static Codec ofName(String name) {
        if (name.endsWith(".zst")) {
            return ZSTD;
        } else if (name.endsWith(".gz")) {
            return GZIP;
        } else if (name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
            return PLAIN;
        }
        throw new IllegalArgumentException("'" + name + "' does not end in one of " + EXTENSIONS);
    }

    /** Its name, for people. */
    public String label() {
        return switch (this) {
            case PLAIN -> "plain text";
            case GZIP -> "gzip";
            case ZSTD -> "zstd";
        };
    }

    /** The level unless told otherwise. */
    public int defaultLevel() {
        return defaultLevel;
    }

    /**
     * An encoder.
     *
     * @param level from {@code leastLevel} to {@code mostLevel}; the higher, the smaller and the slower
     * @param before the chunks that the file has already
     * @throws IllegalArgumentException with a message for the user, when the level is out of bounds
     */
    public Encoder encoder(int level, List<ChunkSize> before) {
        if (level < leastLevel || level > mostLevel) {
            throw new IllegalArgumentException(level + " is not a level from " + leastLevel + " to " + mostLevel);
        }
        return switch (this) {
            case PLAIN -> new PlainEncoder();
            case GZIP -> new GzipEncoder(level);
            case ZSTD -> new ZstdEncoder(level, before);
        };
    }

    /** A decoder of what the input holds from its position on. */
    public Decoder decoder() {
        return switch (this) {
            case PLAIN -> new PlainDecoder();
            case GZIP -> new GzipDecoder();
            case ZSTD -> new ZstdDecoder();
        };
    }

    /**
     * The codec of a file, by its first bytes; by its name where these tell nothing, for they may be damaged. The input
     * stands at its first byte, before and after.
     */
    public static Codec of(Input in, String name) throws IOException {
        byte[] first = new byte[4];
        int length = in.readAll(first, first.length);
        in.position(0);
        int word = ByteBuffer.wrap(first).order(ByteOrder.LITTLE_ENDIAN).getInt();
        if (word == ZstdDecoder.MAGIC || SeekTable.isSkippable(word)) {
            return ZSTD;
        } else if ((word & 0xffffff) == GzipDecoder.MAGIC) {
            return GZIP;
        } else if (length == 0 || first[0] == '{' || first[0] == '\n') {
            return PLAIN;
        }
        if (name.endsWith(".zst")) {
            return ZSTD;
        }
        return name.endsWith(".gz") ? GZIP : PLAIN;
    }

    /**
     * Looks for the next place where a chunk may begin, in a plain file a line, and moves there.
     *
     * @param before where to end the search
     * @return false when there is none; the input then stands there, or at its end
     */
    public boolean findStart(Input in, long before) throws IOException {
        if (this == PLAIN) {
            return in.skipTo((byte) '\n', before) && in.read() >= 0;
        }
        byte[] magic = this == ZSTD ? ZstdDecoder.MAGIC_BYTES : GzipDecoder.MAGIC_BYTES;
        byte[] found = new byte[magic.length];
        while (in.skipTo(magic[0], before)) {
            long start = in.position();
            boolean starts = in.readAll(found, found.length) == found.length && Arrays.equals(found, magic);
            in.position(starts ? start : start + 1);
            if (starts) {
                return true;
            }
        }
        return false;
    }

    /** Moves from the end of the input to the table that it ends with; false when it does not. */
    public boolean findTable(Input in) throws IOException {
        return this == ZSTD && SeekTable.find(in);
    }

    /** Skips what is no chunk, such as the table of a zstd file, if it is there and whole; else the input stays where it is. */
    public boolean skipOther(Input in) throws IOException {
        return this == ZSTD && SeekTable.skip(in);
    }
}

package io.smi.record.codec;

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
}

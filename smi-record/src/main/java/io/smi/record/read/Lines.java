package io.smi.record.read;

import io.smi.record.Line;
import io.smi.record.codec.Codec;
import io.smi.record.codec.Content;
import io.smi.record.codec.Input;
import io.smi.record.read.Chunks.Kind;
import io.smi.record.read.Chunks.Piece;
import io.smi.schema.FrameFormatException;
import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The lines of one recording, and what is wrong with it. */
final class Lines implements Closeable {
    /** Beyond that it is no line: what a recorder of another machine takes as a frame, and what 96 MiB of heap can hold. */
    static final int MOST_LINE = 16 << 20;

    private final String name;
    private final Input in;
    private final Codec codec;
    private final boolean checkAll;
    private final Consumer<Finding> findings;
    private final Chunks chunks;
    private final Content content = new Content();

    /** Where the next line begins; in a compressed file, where its chunk does. */
    private long at;

    private boolean trusted;
    private boolean ended;
    private boolean afterSeek;
    private boolean first = true;
    private @Nullable Long lastSeq;
    private Finding.@Nullable Damaged damaged;
    private @Nullable Piece torn;

    /**
     * The lines of an input that stands at its first byte.
     *
     * @param lastSeq of the recording that this one goes on with, null when there is none
     */
    Lines(String name, Input in, boolean checkAll, @Nullable Long lastSeq, Consumer<Finding> findings)
            throws IOException {
        this.name = name;
        this.in = in;
        this.codec = Codec.of(in, name);
        this.checkAll = checkAll;
        this.lastSeq = lastSeq;
        this.findings = findings;
        this.chunks = new Chunks(in, codec);
    }

    /** Goes to the last chunk that begins at this moment or before. */
    void seek(long size, Instant moment) throws IOException {
        long start;
        try (Probe probe = new Probe(codec)) {
            start = new Bisection(in, codec, probe).find(size, moment);
        }
        chunks.position(start);
        at = start;
        afterSeek = start > 0;
    }

    /** The first line, at a glance: its chunk may be broken further on. Null when that does not show it. */
    @Nullable
    Line probe() throws IOException {
        try (Probe probe = new Probe(codec)) {
            Line line = probe.firstLine(in);
            in.position(0);
            return line;
        }
    }

    /** The number of the last frame; null when there was none. */
    @Nullable
    Long lastSeq() {
        return lastSeq;
    }

    /** The next line; null at the end. */
    @Nullable
    Line next() throws IOException {
        while (true) {
            byte[] bytes = content.nextLine();
            if (bytes != null) {
                Line line = line(bytes, at);
                at += codec == Codec.PLAIN ? bytes.length + 1 : 0;
                if (line != null) {
                    return line;
                }
            } else if (!ended) {
                fill();
            } else {
                return last();
            }
        }
    }

    private void fill() throws IOException {
        if (content.size() > MOST_LINE) {
            throw new IOException(
                    "has a line of more than " + (MOST_LINE >> 20) + " MiB at byte " + at + ": not a recording");
        }
        Piece piece = chunks.next(content);
        trusted = !checkAll && (piece.kind() == Kind.CHECKED || piece.kind() == Kind.PART);
        if (piece.kind() == Kind.END) {
            ended = true;
        } else if (codec != Codec.PLAIN) {
            at = piece.start();
        }
        if (piece.kind() == Kind.DAMAGED) {
            content.clear();
            damaged = new Finding.Damaged(
                    name, damaged == null ? piece.start() : damaged.from(), piece.end(), lastSeq, null);
        } else if (piece.kind() == Kind.TORN) {
            torn = piece;
        }
    }

    private @Nullable Line line(byte[] bytes, long start) {
        if (isBlank(bytes)) {
            return null;
        }
        Line line;
        try {
            line = trusted ? Line.parse(bytes) : Line.checked(bytes);
        } catch (FrameFormatException e) {
            if (!afterSeek) {
                findings.accept(new Finding.BadLine(name, start, String.valueOf(e.getMessage())));
            }
            afterSeek = false;
            return null;
        }
        follow(line, start);
        return line;
    }

    private static boolean isBlank(byte[] bytes) {
        for (byte b : bytes) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }

    /** A recording may go on with the one before, or be of another run. */
    private void follow(Line line, long start) {
        Long last = lastSeq;
        if (damaged != null) {
            findings.accept(new Finding.Damaged(name, damaged.from(), damaged.to(), damaged.lastSeq(), line.seq()));
            damaged = null;
        } else if (last != null && !afterSeek && line.seq() > last + 1) {
            findings.accept(new Finding.Gap(name, last, line.seq()));
        } else if (last != null && !afterSeek && !first && line.seq() <= last) {
            findings.accept(new Finding.OutOfOrder(name, start, last, line.seq()));
        }
        afterSeek = false;
        first = false;
        lastSeq = line.seq();
    }

    /** What comes after the last line end, if it is a whole frame; and the last findings. */
    private @Nullable Line last() {
        byte[] rest = content.rest();
        if (!isBlank(rest)) {
            try {
                Line line = Line.checked(rest);
                follow(line, at);
                return line;
            } catch (FrameFormatException e) {
                torn = new Piece(Kind.TORN, at, at, at + rest.length, 0);
            }
        }
        if (damaged != null) {
            findings.accept(damaged);
            damaged = null;
        }
        if (torn != null) {
            findings.accept(new Finding.Torn(name, torn.whole(), torn.end() - torn.whole(), lastSeq));
            torn = null;
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        chunks.close();
    }
}

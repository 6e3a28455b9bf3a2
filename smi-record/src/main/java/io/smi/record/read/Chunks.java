package io.smi.record.read;

import io.smi.record.codec.BrokenChunkException;
import io.smi.record.codec.Codec;
import io.smi.record.codec.Content;
import io.smi.record.codec.Decoder;
import io.smi.record.codec.Input;
import java.io.Closeable;
import java.io.IOException;

/**
 * The chunks of one recording, one after the other. A chunk's content is released when all of it was read and its checksum
 * is right. One that is too large to be kept until then is read twice.
 */
final class Chunks implements Closeable {
    /** Twice what a chunk of smi's holds at the most. */
    static final int MOST_CONTENT = 16 << 20;

    /** Fewer may be chance. */
    private static final int LEAST_ZEROES = 8;

    private static final long PATIENCE = 64 << 20;
    /** For each byte that was good. */
    private static final int PATIENCE_RATIO = 8;

    private final Input in;
    private final Codec codec;
    private final Decoder decoder;
    private final Probe probe;
    private final Content chunk = new Content();
    /** Of the chunk that was read last: where its last whole line ends, in the input and in the chunk. */
    private long lineEnd;

    private long contentToLineEnd;
    private boolean cutOff;
    private boolean kept;
    private long contentSize;
    /** A chunk that is read for the second time, and how much of its content is still to come. */
    private Piece streamed = Piece.END;

    private long left;
    /** How much more may be decoded in vain: files made for that would take forever. */
    private long patience = PATIENCE;

    /** What comes next in a recording. */
    enum Kind {
        /** A chunk, or the last part of one. */
        CHECKED,
        /** A part of a chunk, with more of it to come. */
        PART,
        /** Lines without a checksum. */
        UNCHECKED,
        /** Bytes that cannot be read, with more to read after them. */
        DAMAGED,
        /** A last chunk that ends in the middle, or the last part of it. */
        TORN,
        /** The end. */
        END
    }

    /**
     * What comes next in a recording.
     *
     * @param start of the chunk in the input
     * @param whole where its last whole line ends
     * @param end the byte after it
     * @param content how many bytes of lines it holds up to there
     */
    record Piece(Kind kind, long start, long whole, long end, long content) {
        static final Piece END = new Piece(Kind.END, 0, 0, 0, 0);
    }

    Chunks(Input in, Codec codec) {
        this.in = in;
        this.codec = codec;
        this.decoder = codec.decoder();
        this.probe = new Probe(codec);
    }

    /** Goes on at another place, where a chunk begins, in a plain file a line. */
    void position(long position) {
        in.position(position);
        decoder.begin();
        streamed = Piece.END;
    }

    /** Adds what comes next, if there is something in it that can be read. */
    Piece next(Content out) throws IOException {
        if (streamed.kind() != Kind.END) {
            return stream(out);
        }
        long start;
        do {
            start = in.position();
            in.release();
            if (in.read() < 0) {
                return Piece.END;
            }
            in.position(start);
        } while (codec.skipOther(in));
        return codec == Codec.PLAIN ? plain(start, out) : chunk(start, out);
    }

    private Piece plain(long start, Content out) throws IOException {
        int before = out.size();
        try {
            decoder.advance(in, out);
        } catch (BrokenChunkException e) {
            throw new IllegalStateException("plain bytes are whole", e);
        }
        return new Piece(Kind.UNCHECKED, start, in.position(), in.position(), out.size() - before);
    }

    private Piece chunk(long start, Content out) throws IOException {
        if (check(start)) {
            patience += PATIENCE_RATIO * (in.position() - start);
            return release(new Piece(Kind.CHECKED, start, in.position(), in.position(), contentSize), out);
        }
        long whole = lineEnd;
        long failed = in.position();
        patience -= failed - start + contentSize;
        in.position(start + 1);
        if (findStart() || !(cutOff || endsInZeroes(start, failed))) {
            return new Piece(Kind.DAMAGED, start, start, in.position(), 0);
        }
        return release(new Piece(Kind.TORN, start, whole, in.position(), contentToLineEnd), out);
    }

    /** Reads a chunk as far as it goes. Tells whether it is whole. */
    private boolean check(long start) throws IOException {
        kept = true;
        cutOff = false;
        contentSize = 0;
        contentToLineEnd = 0;
        lineEnd = start;
        chunk.clear();
        decoder.begin();
        try {
            boolean more = true;
            while (more) {
                int before = chunk.size();
                more = decoder.advance(in, chunk);
                contentSize += chunk.size() - before;
                int whole = chunk.toLineEnd(before);
                if (whole > 0) {
                    lineEnd = in.position();
                    contentToLineEnd = contentSize - chunk.size() + whole;
                }
                if (chunk.size() > MOST_CONTENT) {
                    kept = false;
                    chunk.clear();
                }
            }
            return true;
        } catch (BrokenChunkException e) {
            cutOff = e.isCutOff();
            return false;
        }
    }

    /**
     * Whether the input, which stands at its end, holds nothing but zeroes from before this place on: what some file systems
     * show after a power failure where bytes were to come. The input stands at its end then.
     */
    private boolean endsInZeroes(long from, long failed) throws IOException {
        in.position(from);
        long zeroes = from;
        int next = in.read();
        while (next >= 0) {
            if (next != 0) {
                zeroes = in.position();
            }
            next = in.read();
        }
        return zeroes < failed && in.position() - zeroes >= LEAST_ZEROES;
    }

    /** Moves to the next place where a chunk or the table begins; to the end when there is none. */
    private boolean findStart() throws IOException {
        while (patience > 0 && codec.findStart(in, Long.MAX_VALUE)) {
            long candidate = in.position();
            long before = probe.decoded();
            boolean starts = probe.isStart(in);
            patience -= probe.decoded() - before;
            in.position(starts ? candidate : candidate + 1);
            if (starts) {
                return true;
            }
        }
        in.skipToEnd();
        return codec.findTable(in);
    }

    private Piece release(Piece piece, Content out) throws IOException {
        if (kept) {
            out.add(chunk, (int) piece.content());
            return piece;
        }
        in.position(piece.start());
        decoder.begin();
        streamed = piece;
        left = piece.content();
        return stream(out);
    }

    /** The next part of a chunk that has been checked already. */
    private Piece stream(Content out) throws IOException {
        Piece piece = streamed;
        chunk.clear();
        try {
            decoder.advance(in, chunk);
        } catch (BrokenChunkException e) {
            throw new IOException("was changed while it was read", e);
        }
        int some = (int) Math.min(left, chunk.size());
        out.add(chunk, some);
        left -= some;
        if (left > 0) {
            Kind kind = piece.kind() == Kind.CHECKED ? Kind.PART : Kind.UNCHECKED;
            return new Piece(kind, piece.start(), piece.start(), in.position(), some);
        }
        in.position(piece.end());
        streamed = Piece.END;
        return piece;
    }

    @Override
    public void close() throws IOException {
        decoder.close();
        probe.close();
        in.close();
    }
}

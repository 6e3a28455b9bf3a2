package io.smi.record.read;

import io.smi.record.Line;
import io.smi.record.codec.ChunkSize;
import io.smi.record.codec.Codec;
import io.smi.record.codec.Content;
import io.smi.record.codec.FileSource;
import io.smi.record.codec.Input;
import io.smi.record.codec.SeekTable;
import io.smi.record.read.Chunks.Kind;
import io.smi.record.read.Chunks.Piece;
import io.smi.schema.FrameFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a recording ends: what a writer must know to go on with it.
 *
 * @param whole so many bytes hold whole chunks, in a plain file whole lines; the rest is an end mark, or torn
 * @param chunks the whole chunks, of a zstd file
 * @param rescued the whole lines of a chunk that is torn, or the last line of a plain file when only its end is missing
 * @param tornAt the first byte after the last whole line; the file's size when nothing is torn
 * @param last the last line, the rescued ones included; null when there is none
 */
public record Tail(
        Codec codec,
        long whole,
        List<ChunkSize> chunks,
        List<Line> rescued,
        long tornAt,
        @Nullable Line last) {
    /**
     * How many bytes of lines are rescued at the most. A chunk of smi's holds 8 MiB and a line. What is rescued may be in
     * memory twice, beside the buffers that it came through, and a recorder has 96 MiB.
     */
    public static final int MOST_RESCUED = 12 << 20;

    private static final String WAY_OUT = "; go on in another file, made by 'smi replay --json OLD > NEW'";

    public Tail {
        chunks = List.copyOf(chunks);
        rescued = List.copyOf(rescued);
    }

    /** The number of the last frame; 0 when there is none. */
    public long lastSeq() {
        return last == null ? 0 : last.seq();
    }

    /**
     * Looks at a file, which this leaves open.
     *
     * @throws IOException when it is no recording, or damaged otherwise than by an end that is missing; the message, which
     *     goes after the file's name, is for users
     */
    public static Tail of(FileChannel channel, String name) throws IOException {
        return of(channel, name, false);
    }

    /**
     * The same for a file of which it is known what it was.
     *
     * @param begun whether what it lacks is saved elsewhere: then it may hold no whole frame, or a last chunk that is
     *     garbled
     */
    public static Tail of(FileChannel channel, String name, boolean begun) throws IOException {
        Input in = new Input(new FileSource(channel));
        Codec codec = Codec.of(in, name);
        if (codec == Codec.ZSTD) {
            SeekTable table = table(channel);
            if (table != null) {
                return closed(channel, in, table, begun);
            }
        }
        return new Scan(codec, 0, begun).read(in, channel.size());
    }

    /** The table at the file's end; null when there is none that fits. */
    private static @Nullable SeekTable table(FileChannel channel) throws IOException {
        long size = channel.size();
        if (size < SeekTable.FOOTER_SIZE) {
            return null;
        }
        long length = SeekTable.length(read(channel, size - SeekTable.FOOTER_SIZE, SeekTable.FOOTER_SIZE));
        if (length == 0 || length > size || length > Integer.MAX_VALUE) {
            return null;
        }
        return SeekTable.decode(read(channel, size - length, (int) length), size - length);
    }

    private static ByteBuffer read(FileChannel channel, long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining() && channel.read(bytes, position + bytes.position()) > 0) {
            // Until all is there.
        }
        return bytes.flip();
    }

    /** Of a file that was closed in order only the last chunk is read. */
    private static Tail closed(FileChannel channel, Input in, SeekTable table, boolean begun) throws IOException {
        List<ChunkSize> chunks = table.chunks();
        long whole = chunks.stream().mapToLong(ChunkSize::compressed).sum();
        long last = chunks.isEmpty() ? 0 : whole - chunks.getLast().compressed();
        Tail tail = new Scan(Codec.ZSTD, last, begun).read(in, channel.size());
        if (tail.whole() != whole) {
            throw new IOException("its table does not fit its last frame, at byte " + last);
        }
        return new Tail(Codec.ZSTD, whole, chunks, List.of(), channel.size(), tail.last());
    }

    /** Reads from a chunk's beginning to the end. */
    private static final class Scan {
        private final Codec codec;
        private final long start;
        private final boolean begun;
        private final List<ChunkSize> chunks = new ArrayList<>();
        private final List<Line> rescued = new ArrayList<>();
        private final Content content = new Content();
        private byte @Nullable [] lastLine;
        private long rescuedSize;
        private boolean garbled;
        private long whole;
        private long tornAt;

        Scan(Codec codec, long start, boolean begun) {
            this.begun = begun;
            this.codec = codec;
            this.start = start;
            this.whole = start;
        }

        @SuppressWarnings("resource") // the channel is its owner's, and closing the chunks would close it
        Tail read(Input in, long size) throws IOException {
            Chunks all = new Chunks(in, codec);
            all.position(start);
            tornAt = size;
            Piece piece = all.next(content);
            while (piece.kind() != Kind.END) {
                take(piece, size);
                piece = all.next(content);
            }
            takeRest(size);
            return new Tail(codec, whole, chunks, rescued, tornAt, last(size));
        }

        /** Whether a damaged piece can be the last chunk that was garbled while it was written again. */
        private boolean isSaved(Piece piece, long size) {
            return begun && piece.end() == size && size - piece.start() <= MOST_RESCUED;
        }

        private void take(Piece piece, long size) throws IOException {
            if (piece.kind() == Kind.DAMAGED && !isSaved(piece, size)) {
                throw new IOException("is damaged from byte " + piece.start() + " to " + piece.end());
            }
            if (piece.kind() == Kind.TORN || piece.kind() == Kind.DAMAGED) {
                tornAt = piece.whole();
            }
            byte[] line = content.nextLine();
            while (line != null) {
                boolean taken = line.length > 0;
                if (codec == Codec.PLAIN) {
                    whole += line.length + 1;
                } else if (piece.kind() == Kind.TORN || piece.kind() == Kind.UNCHECKED) {
                    taken = taken && rescue(line);
                }
                lastLine = taken ? line : lastLine;
                line = content.nextLine();
            }
            if (content.size() > Lines.MOST_LINE) {
                throw new IOException("has a line of more than " + (Lines.MOST_LINE >> 20) + " MiB at byte "
                        + (codec == Codec.PLAIN ? whole : piece.start()) + WAY_OUT);
            }
            if (piece.kind() == Kind.CHECKED && piece.content() > 0) {
                chunks.add(new ChunkSize(piece.end() - piece.start(), piece.content()));
                whole = piece.end();
            }
        }

        /** A frame whose line end is missing is kept; less is not a line. */
        private void takeRest(long size) throws IOException {
            byte[] rest = content.rest();
            if (rest.length == 0) {
                return;
            }
            if (codec != Codec.PLAIN) {
                throw new IOException("its last line has no end");
            }
            tornAt = whole;
            try {
                rescued.add(Line.checked(rest));
                lastLine = rest;
                tornAt = size;
            } catch (FrameFormatException e) {
                // Torn in the middle of it.
            }
        }

        /** Tells whether the line is rescued: none is after one that was garbled while it was written again. */
        private boolean rescue(byte[] line) throws IOException {
            if (garbled) {
                return false;
            }
            rescuedSize += line.length + 1;
            if (rescuedSize > MOST_RESCUED) {
                throw new IOException("its last chunk is torn, and holds more than " + (MOST_RESCUED >> 20)
                        + " MiB of lines, too much to write again" + WAY_OUT);
            }
            try {
                rescued.add(Line.checked(line));
            } catch (FrameFormatException e) {
                if (!begun) {
                    throw new IOException("a line of its last chunk is no frame: " + e.getMessage(), e);
                }
                garbled = true;
            }
            return !garbled;
        }

        /** What holds no frame at all, but bytes that mean nothing here, may be anything. */
        private @Nullable Line last(long size) throws IOException {
            byte[] line = lastLine;
            if (line == null && tornAt < size && !begun) {
                throw new IOException("holds no whole frame: not a recording");
            } else if (line == null) {
                return null;
            }
            try {
                return Line.checked(line);
            } catch (FrameFormatException e) {
                throw new IOException("its last line is no frame: " + e.getMessage(), e);
            }
        }
    }
}

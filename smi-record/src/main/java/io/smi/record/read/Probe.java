package io.smi.record.read;

import io.smi.record.Line;
import io.smi.record.codec.BrokenChunkException;
import io.smi.record.codec.Codec;
import io.smi.record.codec.Content;
import io.smi.record.codec.Decoder;
import io.smi.record.codec.Input;
import io.smi.schema.FrameFormatException;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Looks at what a chunk begins with, without reading all of it. */
final class Probe implements AutoCloseable {
    /** In what others compressed, the first line of a chunk may be the end of one that began before. */
    private static final int MOST_LINES = 2;

    /** Lines are shorter, and a place that only looks like a beginning must not cost much. */
    private static final int MOST_CONTENT = 4 << 20;

    private final Decoder decoder;
    private final Content content = new Content();
    private long decoded;

    Probe(Codec codec) {
        this.decoder = codec.decoder();
    }

    /** The first frame of the chunk at which the input stands; null when there is none. The input stands anywhere after. */
    @Nullable
    Line firstLine(Input in) throws IOException {
        decoder.begin();
        content.clear();
        try {
            for (int i = 0; i < MOST_LINES; i++) {
                byte[] line = nextLine(in);
                if (line == null) {
                    return null;
                }
                try {
                    return Line.parse(line);
                } catch (FrameFormatException e) {
                    // The next one, perhaps.
                }
            }
            return null;
        } catch (BrokenChunkException e) {
            return null;
        }
    }

    /**
     * The time of the first frame of the chunk at which the input stands, of which the beginning of its first line is enough;
     * null when there is none. The input stands anywhere after.
     */
    @Nullable
    Instant firstTime(Input in) throws IOException {
        long start = in.position();
        decoder.begin();
        content.clear();
        try {
            while (content.size() < Line.MOST_HEAD && decoder.advance(in, content)) {
                decoded += content.size();
            }
        } catch (BrokenChunkException e) {
            return null;
        }
        Instant time = Line.timeOf(content.first(Line.MOST_HEAD));
        if (time != null) {
            return time;
        }
        in.position(start);
        Line line = firstLine(in);
        return line == null ? null : line.time();
    }

    private byte @Nullable [] nextLine(Input in) throws IOException, BrokenChunkException {
        byte[] line = content.nextLine();
        int before = content.size();
        while (line == null && before < MOST_CONTENT && decoder.advance(in, content)) {
            decoded += content.size() - before;
            line = content.nextLine();
            before = content.size();
        }
        return line;
    }

    /** How many bytes of content this has looked at so far. */
    long decoded() {
        return decoded;
    }

    /** Whether a chunk may begin where the input stands: it holds a frame, or nothing at all. The input stands anywhere after. */
    boolean isStart(Input in) throws IOException {
        return firstTime(in) != null || endsEmpty(in);
    }

    private boolean endsEmpty(Input in) throws IOException {
        try {
            return content.size() == 0 && !decoder.advance(in, content);
        } catch (BrokenChunkException e) {
            return false;
        }
    }

    @Override
    public void close() {
        decoder.close();
    }
}

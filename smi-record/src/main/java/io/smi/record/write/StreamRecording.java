package io.smi.record.write;

import io.smi.record.Line;
import io.smi.record.codec.Codec;
import io.smi.record.codec.Encoder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plain lines to standard output, each flushed. The stream is not closed, and throws what it throws. */
public final class StreamRecording implements Recording {
    private final OutputStream stream;
    private final Encoder encoder = Codec.PLAIN.encoder(Codec.PLAIN.defaultLevel(), List.of());
    private Totals totals = new Totals(0, 0, 0, 0, null, 0);

    /** A recording into this stream. */
    public StreamRecording(OutputStream stream) {
        this.stream = stream;
    }

    @Override
    public void write(Line line) throws IOException {
        ByteBuffer bytes = encoder.line(line.json());
        int length = bytes.remaining();
        stream.write(bytes.array(), bytes.arrayOffset() + bytes.position(), length);
        stream.flush();
        totals = totals.plus(new Totals(1, length, length, 0, null, line.seq()));
    }

    @Override
    public Totals totals() {
        return totals;
    }

    @Override
    public @Nullable Long freeBytes() {
        return null;
    }

    @Override
    public void close() {
        encoder.close();
    }
}

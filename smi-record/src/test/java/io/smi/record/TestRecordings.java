package io.smi.record;

import io.smi.record.codec.Codec;
import io.smi.record.codec.Encoder;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Recordings as bytes, with the places at which a line was flushed. */
@SuppressWarnings("ArrayRecordComponent") // nobody compares two of them
public record TestRecordings(byte[] bytes, List<Integer> lineEnds) {

    /** A recording of these lines, closed in order. */
    public static TestRecordings of(Codec codec, List<Line> lines, int linesPerChunk) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<Integer> lineEnds = new ArrayList<>();
        try (Encoder encoder = codec.encoder(codec.defaultLevel(), List.of())) {
            for (int i = 0; i < lines.size(); i++) {
                write(out, encoder.line(lines.get(i).json()));
                lineEnds.add(out.size());
                if ((i + 1) % linesPerChunk == 0) {
                    write(out, encoder.endChunk());
                }
            }
            write(out, encoder.endChunk());
            write(out, encoder.endFile());
        }
        return new TestRecordings(out.toByteArray(), lineEnds);
    }

    private static void write(ByteArrayOutputStream out, ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        out.writeBytes(copy);
    }
}

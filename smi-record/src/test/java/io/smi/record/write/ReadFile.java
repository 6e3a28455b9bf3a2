package io.smi.record.write;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStream;
import io.smi.record.Line;
import io.smi.record.codec.Codec;
import io.smi.record.read.Finding;
import io.smi.record.read.RecordingReader;
import io.smi.schema.FrameFormatException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** What is in a recording, by our own reader, and by other people's. */
record ReadFile(List<Line> lines, List<Finding> findings) {
    static ReadFile of(Path file) throws IOException {
        List<Line> lines = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        try (RecordingReader reader = RecordingReader.open(
                List.of(file), InputStream.nullInputStream(), RecordingReader.Check.ALL, findings::add)) {
            Line line = reader.next();
            while (line != null) {
                lines.add(line);
                line = reader.next();
            }
        }
        return new ReadFile(lines, findings);
    }

    /** The lines of a recording that was closed in order, as gzip and zstd themselves read them. */
    static List<Line> byOthers(Path file) throws IOException, FrameFormatException {
        InputStream raw = new ByteArrayInputStream(Files.readAllBytes(file));
        try (InputStream content = switch (Codec.ofName(file.toString())) {
            case PLAIN -> raw;
            case GZIP -> new GZIPInputStream(raw);
            case ZSTD -> new ZstdInputStream(raw);
        }) {
            String text = new String(content.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(text.isEmpty() || text.endsWith("\n"))
                    .as("ends with a line")
                    .isTrue();
            List<Line> lines = new ArrayList<>();
            for (String line : text.lines().toList()) {
                lines.add(Line.checked(line.getBytes(StandardCharsets.UTF_8)));
            }
            return lines;
        }
    }
}

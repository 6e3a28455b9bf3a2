package io.smi.cli.replay;

import io.smi.record.Line;
import io.smi.record.read.RecordingReader;
import io.smi.record.read.RecordingReader.Check;
import io.smi.schema.FrameFormatException;
import io.smi.schema.SnapshotFrame;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A recording in files.
 *
 * @param files in their order
 */
public record RecordedFiles(List<Path> files) implements Playable {
    public RecordedFiles {
        files = List.copyOf(files);
    }

    @Override
    public Frames open(Consumer<String> findings) throws IOException {
        refusePipes();
        RecordingReader reader = RecordingReader.open(files, InputStream.nullInputStream(), Check.HEADS, finding -> {
            // What is only missing, in a thinned recording between any two frames, nobody sees: frames get new numbers.
            if (finding.damage()) {
                findings.accept(finding.message());
            }
        });
        return new Frames() {
            @Override
            public @Nullable SnapshotFrame next() throws IOException {
                for (Line line = reader.next(); line != null; line = reader.next()) {
                    try {
                        return line.frame();
                    } catch (FrameFormatException e) {
                        findings.accept(line + " cannot be used: " + e.getMessage());
                    }
                }
                return null;
            }

            @Override
            public void close() throws IOException {
                reader.close();
            }
        };
    }

    /** The beginning is looked at before it is played. */
    private void refusePipes() throws IOException {
        for (Path file : files) {
            if (Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file)) {
                throw new IOException("'" + file + "' is no regular file, and cannot be read twice");
            }
        }
    }

    @Override
    public String toString() {
        return files.stream().map(Path::toString).collect(Collectors.joining(", "));
    }
}

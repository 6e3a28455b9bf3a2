package io.smi.bench;

import io.smi.record.Line;
import io.smi.record.codec.Codec;
import io.smi.record.read.RecordingReader;
import io.smi.record.read.RecordingReader.Check;
import io.smi.record.write.FileSettings;
import io.smi.record.write.NamePattern;
import io.smi.record.write.Recording;
import io.smi.record.write.RecordingFiles;
import io.smi.record.write.RecordingFiles.Existing;
import io.smi.schema.FrameFormatException;
import io.smi.schema.SnapshotFrame;
import io.smi.schema.SnapshotFrameBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A long recording made of a short one, whose frames come again and again with new numbers, a second apart:
 * {@code Lengthen SHORT LONG FRAMES}. Written by what {@code smi record} writes with.
 */
public final class Lengthen {
    private static final Instant START = Instant.parse("2026-11-23T00:00:00Z");

    private Lengthen() {}

    /** Makes it. */
    public static void main(String[] args) throws IOException, FrameFormatException {
        List<SnapshotFrame> frames = frames(Path.of(args[0]));
        FileSettings settings =
                new FileSettings(Codec.ofName(args[1]), Codec.ofName(args[1]).defaultLevel(), Duration.ofHours(1));
        try (Recording recording =
                RecordingFiles.one(NamePattern.parse(args[1]), "", Existing.OVERWRITE, settings, Lengthen::fail)) {
            for (int i = 0; i < Integer.parseInt(args[2]); i++) {
                recording.write(Line.of(SnapshotFrameBuilder.builder(frames.get(i % frames.size()))
                        .seq(i + 1)
                        .timestamp(START.plusSeconds(i))
                        .build()));
            }
        }
    }

    private static void fail(String message) {
        throw new IllegalStateException(message);
    }

    private static List<SnapshotFrame> frames(Path file) throws IOException, FrameFormatException {
        List<SnapshotFrame> frames = new ArrayList<>();
        try (RecordingReader reader = RecordingReader.open(
                List.of(file), InputStream.nullInputStream(), Check.HEADS, finding -> fail(finding.message()))) {
            for (Line line = reader.next(); line != null; line = reader.next()) {
                frames.add(line.frame());
            }
        }
        return frames;
    }
}

package io.smi.record.write;

import io.smi.record.Line;
import io.smi.record.codec.ChunkSize;
import io.smi.record.codec.Codec;
import io.smi.record.codec.Encoder;
import io.smi.record.read.Tail;
import io.smi.record.write.RecordingFile.Before;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes a file end with a whole chunk, so that a recording can go on in it. The lines of a torn chunk are first saved beside
 * the file, then cut off, then written again as a whole chunk; whenever that is interrupted, the next repair finds all lines
 * in one of the two files.
 */
final class Repair {
    private final LockedFile file;
    private final SideFile side;
    private final FileSettings settings;

    Repair(LockedFile file, FileSettings settings) {
        this.file = file;
        this.side = new SideFile(file.path());
        this.settings = settings;
    }

    /**
     * Repairs the file, if need be. Its channel stands at its end then.
     *
     * @param tell told in one line what was repaired
     * @throws RecordingException when it is no recording of this codec, or damaged so that this would lose something
     */
    Before run(Consumer<String> tell) throws RecordingException {
        try {
            FileChannel channel = file.channel();
            List<Line> saved = side.read();
            Tail tail = Tail.of(channel, file.path().toString(), !saved.isEmpty());
            long size = channel.size();
            if (size > 0) {
                check(tail.codec());
            }
            List<Line> lines = lines(tail, saved);
            if (!lines.isEmpty() && !lines.equals(saved)) {
                side.write(lines, Files.getPosixFilePermissions(file.path()));
            }
            if (size > tail.whole()) {
                channel.truncate(tail.whole()).force(true);
            }
            channel.position(tail.whole());
            Before before = new Before(tail.chunks(), tail.lastSeq());
            if (!lines.isEmpty()) {
                before = write(lines, tail.chunks());
                channel.force(true);
            }
            side.delete();
            tell(tail, lines, size - tail.tornAt(), tell);
            return before;
        } catch (IOException e) {
            throw LockedFile.failure(file.path(), e);
        }
    }

    private void check(Codec content) throws RecordingException {
        if (content != settings.codec()) {
            throw new RecordingException(file.path() + ": its name says "
                    + settings.codec().label() + ", its content is " + content.label());
        }
    }

    /**
     * The lines that come after the whole chunks: those of the torn one, or those that an interrupted repair has saved of it.
     *
     * Numbers tell little: a server that began anew numbers its frames anew.
     *
     * @param saved none, or all of them
     */
    private List<Line> lines(Tail tail, List<Line> saved) throws RecordingException {
        List<Line> torn = tail.rescued();
        if (startsWith(torn, saved)) {
            return torn;
        } else if (torn.isEmpty() && saved.getLast().equals(tail.last())) {
            return List.of();
        } else if (startsWith(saved, torn) && (!torn.isEmpty() || follows(saved.getFirst(), tail.last()))) {
            return saved;
        }
        throw new RecordingException(side.path() + ": its frames do not follow those of " + file.path()
                + ": it must be moved away before --append");
    }

    private static boolean follows(Line line, @Nullable Line before) {
        return before == null || line.seq() > before.seq() || line.time().isAfter(before.time());
    }

    private static boolean startsWith(List<Line> lines, List<Line> first) {
        return lines.size() >= first.size() && lines.subList(0, first.size()).equals(first);
    }

    /** As one chunk, and at once: a half of it is torn again, and its lines are the first of those saved. */
    private Before write(List<Line> lines, List<ChunkSize> whole) throws IOException {
        ByteArrayOutputStream chunk = new ByteArrayOutputStream();
        long content = 0;
        try (Encoder encoder = settings.codec().encoder(settings.level(), List.of())) {
            for (Line line : lines) {
                add(encoder.line(line.json()), chunk);
                content += line.json().length + 1;
            }
            add(encoder.endChunk(), chunk);
        }
        ByteBuffer bytes = ByteBuffer.wrap(chunk.toByteArray());
        while (bytes.hasRemaining()) {
            file.channel().write(bytes);
        }
        List<ChunkSize> chunks = new ArrayList<>(whole);
        chunks.add(new ChunkSize(chunk.size(), content));
        return new Before(chunks, lines.getLast().seq());
    }

    private static void add(ByteBuffer bytes, ByteArrayOutputStream chunk) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        chunk.writeBytes(copy);
    }

    private void tell(Tail tail, List<Line> lines, long lost, Consumer<String> tell) {
        String name = file.path() + ": ";
        if (lost > 0) {
            tell.accept(name + "torn at byte " + tail.tornAt() + ", after seq " + tail.lastSeq() + ": " + lost
                    + " bytes of a frame that was not written whole were cut off");
        }
        if (!lines.isEmpty()) {
            String frames = lines.size() + (lines.size() == 1 ? " frame" : " frames");
            tell.accept(name + "was not closed: its end, " + frames + " from seq "
                    + lines.getFirst().seq() + " to " + lines.getLast().seq()
                    + ", was written again as a whole chunk at byte " + tail.whole());
        }
    }
}

package io.smi.record.write;

import io.smi.record.Line;
import io.smi.schema.FrameFormatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Where the lines of a torn chunk are while the recording holds them no more, or not yet again. */
final class SideFile {
    private final Path path;

    /** That of a recording: beside it, as plain lines that anybody can read. */
    SideFile(Path recording) {
        this.path = recording.resolveSibling(recording.getFileName() + ".rescued.jsonl");
    }

    Path path() {
        return path;
    }

    boolean exists() {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** Its whole lines, safe from a crash of the machine from now on; none when there is no such file. */
    List<Line> read() throws RecordingException {
        if (!exists()) {
            return List.of();
        }
        try (LockedFile file = LockedFile.existing(path)) {
            FileChannel channel = file.channel();
            ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // Until all is there.
            }
            channel.force(true);
            return lines(bytes.array(), bytes.position());
        } catch (FrameFormatException e) {
            throw new RecordingException(path + ": holds a line that is no frame, so it is not what --append saved", e);
        } catch (IOException e) {
            throw LockedFile.failure(path, e);
        }
    }

    private static List<Line> lines(byte[] bytes, int length) throws FrameFormatException {
        List<Line> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < length; i++) {
            if (bytes[i] == '\n') {
                lines.add(Line.checked(Arrays.copyOfRange(bytes, start, i)));
                start = i + 1;
            }
        }
        return lines;
    }

    /** Writes it, so that it survives a crash of the machine. */
    void write(List<Line> lines, Set<PosixFilePermission> mode) throws RecordingException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (Line line : lines) {
            content.writeBytes(line.json());
            content.write('\n');
        }
        LockedFile created = LockedFile.create(path, mode);
        try (LockedFile file = created == null ? LockedFile.existing(path) : created) {
            file.channel().truncate(0);
            ByteBuffer bytes = ByteBuffer.wrap(content.toByteArray());
            while (bytes.hasRemaining()) {
                file.channel().write(bytes);
            }
            file.channel().force(true);
        } catch (IOException e) {
            throw LockedFile.failure(path, e);
        }
    }

    /** Deletes it, for good. */
    void delete() throws RecordingException {
        try {
            if (Files.deleteIfExists(path)) {
                LockedFile.syncFolder(path);
            }
        } catch (IOException e) {
            throw LockedFile.failure(path, e);
        }
    }
}

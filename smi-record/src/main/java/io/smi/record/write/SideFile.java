package io.smi.record.write;

import io.smi.record.Line;
import io.smi.record.codec.Content;
import io.smi.record.read.Tail;
import io.smi.schema.FrameFormatException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Where the lines of a torn chunk are while the recording holds them no more, or not yet again. */
final class SideFile {
    private final Path path;
    /** It gets its name when it is whole. A kill may leave it like this; nobody reads it then. */
    private final Path unfinished;

    /** That of a recording: beside it, as plain lines that anybody can read. */
    SideFile(Path recording) {
        this.path = recording.resolveSibling(recording.getFileName() + ".rescued.jsonl");
        this.unfinished = recording.resolveSibling(recording.getFileName() + ".rescued.jsonl.tmp");
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
            if (channel.size() > Tail.MOST_RESCUED) {
                throw new RecordingException(path + ": holds more than " + (Tail.MOST_RESCUED >> 20)
                        + " MiB, so it is not what --append saved");
            }
            List<Line> lines = lines(channel);
            channel.force(true);
            LockedFile.syncFolder(path);
            return lines;
        } catch (FrameFormatException e) {
            throw new RecordingException(path + ": holds a line that is no frame, so it is not what --append saved", e);
        } catch (IOException e) {
            throw LockedFile.failure(path, e);
        }
    }

    private static List<Line> lines(FileChannel channel) throws IOException, FrameFormatException {
        List<Line> lines = new ArrayList<>();
        Content content = new Content();
        ByteBuffer some = ByteBuffer.allocate(64 * 1024);
        while (channel.read(some) >= 0) {
            content.add(some.array(), 0, some.position());
            some.clear();
            for (byte[] line = content.nextLine(); line != null; line = content.nextLine()) {
                lines.add(Line.checked(line));
            }
        }
        return lines;
    }

    /** Writes it, so that it survives a crash of the machine. Until it is whole, the one that is there stays as it is. */
    void write(List<Line> lines, Set<PosixFilePermission> mode) throws RecordingException {
        try {
            Files.deleteIfExists(unfinished);
            LockedFile created = LockedFile.create(unfinished, mode);
            if (created == null) {
                throw new FileAlreadyExistsException(
                        unfinished.toString(), null, "is being written by another process");
            }
            try (LockedFile file = created) {
                write(lines, file.channel());
                Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
            }
            LockedFile.syncFolder(path);
        } catch (IOException e) {
            RecordingException failure = LockedFile.failure(path, e);
            deleteUnfinished(failure);
            throw failure;
        }
    }

    private static void write(List<Line> lines, FileChannel channel) throws IOException {
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 64 * 1024);
        for (Line line : lines) {
            out.write(line.json());
            out.write('\n');
        }
        out.flush();
        channel.force(true);
    }

    /** So that it takes no room on a disk that is full. */
    private void deleteUnfinished(RecordingException failure) {
        try {
            Files.deleteIfExists(unfinished);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /** Deletes it, for good. */
    void delete() throws RecordingException {
        try {
            boolean left = Files.deleteIfExists(unfinished);
            if (Files.deleteIfExists(path) || left) {
                LockedFile.syncFolder(path);
            }
        } catch (IOException e) {
            throw LockedFile.failure(path, e);
        }
    }
}

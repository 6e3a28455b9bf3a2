package io.smi.record.write;

import io.smi.record.codec.ChunkSize;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Begins recordings in files. */
public final class RecordingFiles {
    private RecordingFiles() {}

    /** What to do about a file that is there already. */
    public enum Existing {
        /** Nothing: it stays as it is, and there is no recording. */
        REFUSE,
        /** Overwrite it. */
        OVERWRITE
    }

    /**
     * A recording in one file.
     *
     * @param pattern without a time
     * @param host what to put for the host
     * @throws RecordingException when the file cannot be made, or must not be touched
     */
    public static Recording one(NamePattern pattern, String host, Existing existing, FileSettings settings)
            throws RecordingException {
        Path path = pattern.path(host, InstantSource.system().instant());
        pattern.makeFolders(path);
        LockedFile created = LockedFile.create(path);
        if (created != null) {
            return begin(created, List.of(), settings, System::nanoTime);
        }
        LockedFile.checkRegular(path);
        if (existing == Existing.REFUSE) {
            throw new RecordingException(path + ": exists; --append goes on in it, --force overwrites it");
        }
        LockedFile file = LockedFile.existing(path);
        try {
            file.channel().truncate(0);
        } catch (IOException e) {
            throw closed(file, e);
        }
        return begin(file, List.of(), settings, System::nanoTime);
    }

    /**
     * A recording in files that follow each other.
     *
     * @param pattern with a time
     * @param host what to put for the host
     * @param warn told in one line what did not work and does not end the recording
     * @throws RecordingException when the first file cannot be made
     */
    public static Recording rotated(
            NamePattern pattern, String host, Rotation rotation, FileSettings settings, Consumer<String> warn)
            throws RecordingException {
        return new RotatedRecording(pattern, host, rotation, settings, warn, InstantSource.system(), System::nanoTime);
    }

    /** A recording that goes on where this file's channel stands; the file is closed when that fails. */
    static RecordingFile begin(LockedFile file, List<ChunkSize> before, FileSettings settings, LongSupplier nanoTime)
            throws RecordingException {
        try {
            return new RecordingFile(file, before, settings, FreeSpace.around(file.path()), nanoTime);
        } catch (IOException e) {
            throw closed(file, e);
        }
    }

    private static RecordingException closed(LockedFile file, IOException e) {
        RecordingException failure = LockedFile.failure(file.path(), e);
        try {
            file.close();
        } catch (IOException then) {
            failure.addSuppressed(then);
        }
        return failure;
    }
}

package io.smi.record.write;

import io.smi.record.write.RecordingFile.Before;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Begins recordings in files. */
public final class RecordingFiles {
    private RecordingFiles() {}

    /** What to do about a file that is there already. */
    public enum Existing {
        /** Nothing: it stays as it is, and there is no recording. */
        REFUSE,
        /** Go on in it, after a repair if need be. */
        APPEND,
        /** Overwrite it. */
        OVERWRITE
    }

    /**
     * A recording in one file.
     *
     * @param pattern without a time
     * @param host what to put for the host
     * @param tell told in one line what was repaired
     * @throws RecordingException when the file cannot be made, or must not be touched
     */
    public static Recording one(
            NamePattern pattern, String host, Existing existing, FileSettings settings, Consumer<String> tell)
            throws RecordingException {
        Path path = pattern.path(host, InstantSource.system().instant());
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return created(pattern, path, settings);
        }
        LockedFile.checkRegular(path);
        if (existing == Existing.REFUSE) {
            throw exists(path);
        } else if (existing == Existing.OVERWRITE) {
            checkNothingSaved(path);
        }
        LockedFile file = LockedFile.existing(path);
        try {
            if (existing == Existing.OVERWRITE) {
                file.channel().truncate(0);
                return begin(file, Before.NOTHING, settings, System::nanoTime);
            }
            return begin(file, new Repair(file, settings).run(tell), settings, System::nanoTime);
        } catch (IOException e) {
            throw closed(file, e);
        }
    }

    private static Recording created(NamePattern pattern, Path path, FileSettings settings) throws RecordingException {
        checkNothingSaved(path);
        pattern.makeFolders(path);
        LockedFile file = LockedFile.create(path);
        if (file == null) {
            throw exists(path);
        }
        return begin(file, Before.NOTHING, settings, System::nanoTime);
    }

    private static RecordingException exists(Path path) {
        return new RecordingException(path + ": exists; --append goes on in it, --force overwrites it");
    }

    /** The lines of another recording must not get into this one by a later repair. */
    private static void checkNothingSaved(Path path) throws RecordingException {
        SideFile side = new SideFile(path);
        if (side.exists()) {
            throw new RecordingException(side.path()
                    + ": holds frames that an interrupted --append has saved: it must be moved away before");
        }
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
    static RecordingFile begin(LockedFile file, Before before, FileSettings settings, LongSupplier nanoTime)
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

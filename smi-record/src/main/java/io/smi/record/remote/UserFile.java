package io.smi.record.remote;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file that the user named, and what a user is told when it cannot be used. */
record UserFile(Path path) {
    /**
     * All of it.
     *
     * @throws IOException naming the file and the reason
     */
    byte[] read() throws IOException {
        try {
            return Files.readAllBytes(path);
        } catch (NoSuchFileException e) {
            throw refused("no such file", e);
        } catch (AccessDeniedException e) {
            throw refused("permission denied", e);
        } catch (IOException e) {
            throw refused(String.valueOf(e.getMessage()), e);
        }
    }

    /** Why it cannot be used. */
    IOException refused(String reason, @Nullable Throwable cause) {
        return new IOException(path + ": " + reason, cause);
    }
}

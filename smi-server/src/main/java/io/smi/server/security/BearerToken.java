package io.smi.server.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The tokens of {@code --auth-token-file}, one a line, so that a new one can be added before the old one goes; empty
 * lines and those that start with # do not count. Read again when the file changes.
 */
public final class BearerToken {
    private final Reloaded<List<byte[]>> digests;

    /**
     * Reads the file.
     *
     * @param warnings told when others can read the file, and later why a changed file is not used
     * @throws WebConfigException when it cannot be read, holds no token, or one that no header can carry
     */
    public BearerToken(Path file, Consumer<String> warnings) throws WebConfigException {
        this(file, warnings, System::nanoTime);
    }

    BearerToken(Path file, Consumer<String> warnings, LongSupplier nanoTime) throws WebConfigException {
        this.digests = new Reloaded<>((files, before) -> read(file, files), warnings, nanoTime);
        if (isExposed(file)) {
            warnings.accept(file + ": others than its owner can read the token; chmod 600 " + file);
        }
    }

    private static List<byte[]> read(Path file, WatchedFiles files) throws WebConfigException {
        List<byte[]> digests = new ArrayList<>();
        for (String raw : files.text(file).lines().toList()) {
            String line = raw.strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            if (!line.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
                throw new WebConfigException(file + ": a token must be printable ASCII without blanks");
            }
            digests.add(digest(line));
        }
        if (digests.isEmpty()) {
            throw new WebConfigException(file + ": holds no token");
        }
        return List.copyOf(digests);
    }

    /**
     * Whether anybody can read it, or its group can while it belongs to us: a service that reads root's file through
     * its group needs that.
     */
    private static boolean isExposed(Path file) {
        try {
            PosixFileAttributes attributes = Files.readAttributes(file, PosixFileAttributes.class);
            Set<PosixFilePermission> permissions = attributes.permissions();
            boolean ours = attributes.owner().getName().equals(System.getProperty("user.name"));
            return permissions.contains(PosixFilePermission.OTHERS_READ)
                    || (ours && permissions.contains(PosixFilePermission.GROUP_READ));
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** Whether this is one of the tokens. The time that it takes does not tell how much of one was right. */
    boolean matches(String token) {
        byte[] digest = digest(token);
        boolean found = false;
        for (byte[] expected : digests.get()) {
            found |= MessageDigest.isEqual(expected, digest);
        }
        return found;
    }

    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

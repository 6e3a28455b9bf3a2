package io.smi.server.security;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A folder of files that a test changes, a clock that it turns, and the warnings that came. */
final class TestFiles {
    final List<String> warnings = new ArrayList<>();
    private final AtomicLong nanos = new AtomicLong();
    private final Path folder;

    TestFiles(Path folder) {
        this.folder = folder;
    }

    /** One of the committed certificates and keys. */
    static String pem(String name) {
        try (InputStream in = TestFiles.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException("no " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts the new file in place of the old one, as whatever renews certificates should. */
    Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Path part = folder.resolve(name + ".part");
        Files.writeString(part, text);
        return Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }

    void copy(String pem, String name) throws IOException {
        write(name, pem(pem));
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    LongSupplier clock() {
        return nanos::get;
    }

    /** Lets the second pass in which nobody looks at the files. */
    void laterOn() {
        nanos.addAndGet(1_000_000_000L);
    }

    /** A configuration of these lines. */
    WebConfig config(String... lines) throws IOException {
        return WebConfig.read(write("web.yml", String.join("\n", lines) + "\n"), warnings::add, clock());
    }
}

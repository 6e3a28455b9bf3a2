package io.smi.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Checked-in files that are generated: compared, or rewritten with {@code -Dgolden.update}. */
public final class Golden {
    private Golden() {}

    /** Compares with a file of this module's folder. */
    public static void check(String file, String expected) throws IOException {
        Path path = Path.of(System.getProperty("basedir", "")).resolve(file).normalize();
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(path, expected);
        }
        assertThat(path)
                .as("generated; mvn test -Dgolden.update rewrites it")
                .exists()
                .content()
                .isEqualTo(expected);
    }
}

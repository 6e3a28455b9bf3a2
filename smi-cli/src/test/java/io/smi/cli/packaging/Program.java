package io.smi.cli.packaging;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The packaged program, and other programs, run as processes. */
public final class Program {
    /** The folder that {@code mvn package} has made. */
    public static final Path HOME = Path.of(System.getProperty("smi.program"));

    /** Makes the JVM refuse to start without its cache. */
    public static final Map<String, String> CACHE_REQUIRED = Map.of("SMI_JAVA_OPTS", "-XX:AOTMode=on");

    private static final int DEADLINE_SECONDS = 60;

    private Program() {}

    /** How a process ended, and what it printed. */
    public record Outcome(int status, String out, String err) {}

    /** A snapshot by the program in this folder. */
    static Outcome snapshot(Path home, Map<String, String> environment) throws Exception {
        return run(environment, home.resolve("bin/smi").toString(), "snapshot", "--json", "--window", "0");
    }

    /** Runs a command to its end, with an empty stdin. */
    public static Outcome run(Map<String, String> environment, String... command) throws Exception {
        Path out = Files.createTempFile("smi", ".out");
        Path err = Files.createTempFile("smi", ".err");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(List.of(command) + " does not end");
            }
            return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    /** Copies the program's folder, modification times and all. */
    public static Path copyTo(Path destination) throws IOException {
        try (Stream<Path> files = Files.walk(HOME)) {
            files.forEach(file -> copy(file, destination.resolve(HOME.relativize(file))));
        }
        return destination;
    }

    private static void copy(Path file, Path copy) {
        try {
            Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

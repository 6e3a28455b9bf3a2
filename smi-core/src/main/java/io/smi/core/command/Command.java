package io.smi.core.command;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A program of this machine, started without a shell, with nothing to read, in the C locale. What it prints is taken as it
 * comes, by the calling thread alone, and kept up to a bound. When it ends, well or late, so does all that it started.
 */
public final class Command {
    /** Many times what the programs of eight cards print. */
    private static final int MOST_OUTPUT = 256 << 10;

    private static final int MOST_COMPLAINT = 4 << 10;
    /** Where distributions and vendors put programs, for a service whose PATH is short. */
    private static final List<String> USUAL_FOLDERS =
            List.of("/usr/local/bin", "/usr/bin", "/usr/local/sbin", "/usr/sbin");

    /** The pipe of a program that prints as fast as it can is full long before. */
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final String name;
    private final File file;

    private Command(String name, File file) {
        this.name = name;
        this.file = file;
    }

    /**
     * Looks for a program: a test of files only.
     *
     * @param path {@code PATH}, whose absolute folders are searched before the usual ones; null when it is not set
     * @return null when there is none
     */
    public static @Nullable Command find(String name, @Nullable String path) {
        List<String> folders = new ArrayList<>(path == null ? List.of() : List.of(path.split(":", -1)));
        folders.addAll(USUAL_FOLDERS);
        for (String folder : folders) {
            File file = new File(folder, name);
            if (folder.startsWith("/") && file.isFile() && file.canExecute()) {
                return new Command(name, file);
            }
        }
        return null;
    }

    /** The first of these programs that there is; null when there is none. */
    public static @Nullable Command find(List<String> names, @Nullable String path) {
        for (String name : names) {
            Command command = find(name, path);
            if (command != null) {
                return command;
            }
        }
        return null;
    }

    /** What it was looked for as. */
    public String name() {
        return name;
    }

    /** Where it lies. */
    public File file() {
        return file;
    }

    /**
     * Runs it to its end.
     *
     * @param deadline on the clock of {@link System#nanoTime}
     * @return what it printed, when it said that all went well
     * @throws IOException in one sentence: it cannot be started, was late, failed, or printed more than it should
     */
    public String run(long deadline, List<String> arguments) throws IOException {
        Offspring offspring = new Offspring();
        Process process = start(offspring, arguments);
        try (Listener output = new Listener(process.getInputStream(), MOST_OUTPUT);
                Listener complaint = new Listener(process.getErrorStream(), MOST_COMPLAINT)) {
            boolean ended;
            try {
                ended = ended(process, output, complaint, deadline);
            } finally {
                offspring.end(process, deadline);
            }
            if (!ended) {
                throw new CommandLateException(called(arguments) + " had not ended by the deadline, and was killed");
            }
            return checked(process.exitValue(), output, complaint, called(arguments));
        }
    }

    private static String checked(int status, Listener output, Listener complaint, String called) throws IOException {
        if (status != 0) {
            throw new IOException(called + " failed with status " + status + firstLine(complaint, output));
        }
        if (output.isCut()) {
            throw new IOException(called + " printed more than " + MOST_OUTPUT + " bytes");
        }
        return output.text();
    }

    private Process start(Offspring offspring, List<String> arguments) throws IOException {
        List<String> line = new ArrayList<>(arguments.size() + 1);
        line.add(file.getPath());
        line.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(line).directory(new File("/")).redirectInput(Redirect.from(new File("/dev/null")));
        builder.environment().put("LC_ALL", "C");
        offspring.mark(builder.environment());
        Process process = Orphans.ofThisProcess().start(builder);
        offspring.started(process);
        return process;
    }

    private static boolean ended(Process process, Listener output, Listener complaint, long deadline)
            throws IOException {
        try {
            boolean ended;
            do {
                ended = process.waitFor(POLL_NANOS, TimeUnit.NANOSECONDS);
                output.take(deadline);
                complaint.take(deadline);
            } while (!ended && deadline - System.nanoTime() > 0);
            return ended;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a program ran", e);
        }
    }

    private String called(List<String> arguments) {
        return arguments.isEmpty() ? name : name + " " + arguments.getFirst();
    }

    private static String firstLine(Listener complaint, Listener output) {
        String said = (complaint.text().isBlank() ? output.text() : complaint.text()).strip();
        int end = said.indexOf('\n');
        String line = (end < 0 ? said : said.substring(0, end)).strip();
        return line.isEmpty() ? "" : ": " + line.substring(0, Math.min(200, line.length()));
    }
}

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes the folder that users install: launcher, runtime image, jars, AOT caches. Maven runs this source file on the JDK
 * whose runtime is shipped. All is staged beside the destination and moved there at the end, so that what lies there is
 * always whole.
 */
record Package(
        Path source,
        Path work,
        Path stage,
        FileTime modified,
        Path licence,
        Path picocliSources,
        Path coreTests,
        List<Path> classPath) {

    /** Of commands, each with a cache of its own; others train on what is recorded first. */
    private static final List<String> GROUPS = List.of("record", "replay", "api", "snapshot", "cli");

    /** Arguments: as the components, but the destination in the place of the stage. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path destination = Path.of(args[2]);
        Path stage = destination.resolveSibling(destination.getFileName() + ".part");
        FileTime modified = FileTime.from(Instant.parse(args[3]));
        List<Path> classPath = Stream.of(args[7].split(":")).map(Path::of).toList();
        delete(stage);
        new Package(
                        Path.of(args[0]),
                        Path.of(args[1]),
                        stage,
                        modified,
                        Path.of(args[4]),
                        Path.of(args[5]),
                        Path.of(args[6]),
                        classPath)
                .make();
        delete(destination);
        Files.move(stage, destination);
    }

    private void make() throws IOException, InterruptedException {
        runtime();
        notices();
        jars();
        launcher();
        manual();
        setAttributes();
        machines();
        caches();
        setAttributes();
    }

    private void runtime() throws IOException {
        Files.createDirectories(stage);
        run(
                "jlink",
                "--compress zip-0 --strip-java-debug-attributes --no-header-files --no-man-pages",
                "--add-modules",
                String.join(",", lines(source.resolve("modules.txt"))),
                "--output",
                stage.resolve("runtime").toString());
    }

    private void notices() throws IOException {
        Files.copy(licence, stage.resolve("LICENSE"));
        Files.copy(source.resolve("NOTICE"), stage.resolve("NOTICE"));
    }

    private void jars() throws IOException {
        Path lib = Files.createDirectory(stage.resolve("lib"));
        String arch = System.getProperty("os.arch");
        for (Path jar : classPath) {
            Path copy = lib.resolve(jar.getFileName());
            String name = jar.getFileName().toString();
            if (name.startsWith("picocli-")) {
                compilePicocli(copy);
            } else if (name.startsWith("zstd-jni-")) {
                strip(jar, copy, "linux/" + arch + "/", "libzstd-jni.so");
            } else if (name.startsWith("jline-native-")) {
                strip(
                        jar,
                        copy,
                        "org/jline/nativ/Linux/" + (arch.equals("amd64") ? "x86_64" : "arm64") + "/",
                        "libjlinenative.so");
            } else if (name.startsWith("jna-5")) {
                strip(
                        jar,
                        copy,
                        "com/sun/jna/linux-" + (arch.equals("amd64") ? "x86-64" : "aarch64") + "/",
                        "libjnidispatch.so");
            } else {
                Files.copy(jar, copy);
            }
        }
    }

    /** The published jar has classes of Java 5, which no AOT cache takes: 43 ms at every start. */
    private void compilePicocli(Path jar) throws IOException {
        Path classes = work.resolve("picocli-classes");
        delete(classes);
        List<String> arguments = new ArrayList<>(List.of("-d", classes.toString()));
        try (Stream<Path> files = Files.walk(picocliSources)) {
            files.map(Path::toString)
                    .filter(name -> name.endsWith(".java"))
                    .sorted()
                    .forEach(arguments::add);
        }
        String release = "--release " + Runtime.version().feature();
        run(
                "javac",
                release + " -nowarn -Xlint:none -proc:none -XDstringConcat=inline",
                arguments.toArray(String[]::new));
        archive(classes, jar);
    }

    /**
     * A jar without the native libraries of a dozen platforms; that of this one lies beside it, where it needs not be
     * unpacked at each start. Nor are there variants for newer JDKs: zstd-jni's use method handles, which no cache holds.
     */
    private void strip(Path published, Path jar, String nativeFolder, String library) throws IOException {
        Path classes = work.resolve(library + "-classes");
        delete(classes);
        boolean found = false;
        try (JarFile file = new JarFile(published.toFile())) {
            for (JarEntry entry : (Iterable<JarEntry>) file.stream()::iterator) {
                String name = entry.getName();
                boolean isLibrary = name.startsWith(nativeFolder) && name.endsWith(".so");
                found |= isLibrary;
                if (isLibrary || (name.endsWith(".class") && !name.startsWith("META-INF/"))) {
                    Path copy = isLibrary ? jar.resolveSibling(library) : classes.resolve(name);
                    Files.createDirectories(copy.getParent());
                    try (InputStream in = file.getInputStream(entry)) {
                        Files.copy(in, copy);
                    }
                }
            }
        }
        if (!found) {
            throw new IOException(published + " has no library in " + nativeFolder);
        }
        archive(classes, jar);
    }

    private void archive(Path classes, Path jar) {
        run("jar", "--create --date " + modified, "--file", jar.toString(), "-C", classes.toString(), ".");
    }

    private void launcher() throws IOException {
        String script = Files.readString(source.resolve("smi")).replace("@JARS@", path(owners -> owners.isEmpty()));
        for (String group : Stream.concat(GROUPS.stream(), Stream.of("oshi")).toList()) {
            script = script.replace("@" + group + "_JARS@", path(owners -> owners.contains(group)));
        }
        Path launcher = Files.createDirectory(stage.resolve("bin")).resolve("smi");
        Files.writeString(launcher, script);
        launcher.toFile().setExecutable(true);
    }

    /** The jars with such owners, as the launcher names them. */
    private String path(Predicate<List<String>> selected) throws IOException {
        List<String> jars = new ArrayList<>();
        for (Path jar : classPath) {
            String name = jar.getFileName().toString();
            if (selected.test(owners(name))) {
                jars.add("$lib/" + name);
            }
        }
        return String.join(":", jars);
    }

    /** The groups of commands that need this jar; empty when all do. */
    private List<String> owners(String jar) throws IOException {
        for (String line : lines(source.resolve("jars.txt"))) {
            List<String> words = List.of(line.split(" +"));
            if (jar.startsWith(words.getFirst())) {
                return words.subList(1, words.size());
            }
        }
        return List.of();
    }

    /** What man and shells read. */
    private void manual() throws IOException, InterruptedException {
        String date = modified.toString().substring(0, "2026-11-25".length());
        java("io.smi.cli.Manual", stage.resolve("share").toString(), date);
    }

    private void java(String... arguments) throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command = new ArrayList<>(List.of(java.toString(), "-cp"));
        command.add(classPath.stream().map(Path::toString).collect(Collectors.joining(":")));
        command.addAll(List.of(arguments));
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new IOException("failed: " + Arrays.toString(arguments));
        }
    }

    /** Machines to train on: the one that builds may have no sensor at all. */
    private void machines() throws IOException, InterruptedException {
        delete(training());
        Files.createDirectories(training());
        Files.copy(source.resolve("training/config.toml"), training().resolve("config.toml"));
        Path unpacker = coreTests.resolve("java/io/smi/core/FixtureTree.java");
        for (String name : List.of("epyc-2s", "alderlake-laptop")) {
            Path tree = coreTests.resolve("resources/machines").resolve(name).resolve("tree.txt");
            java(unpacker.toString(), tree.toString(), training().resolve(name).toString());
        }
    }

    /** None is in place while another is trained. */
    private void caches() throws IOException, InterruptedException {
        finish(GROUPS.getFirst(), train(GROUPS.getFirst()));
        Map<String, Process> others = new LinkedHashMap<>();
        for (String group : GROUPS.subList(1, GROUPS.size())) {
            others.put(group, train(group));
        }
        for (Map.Entry<String, Process> other : others.entrySet()) {
            finish(other.getKey(), other.getValue());
        }
        for (String group : GROUPS) {
            Files.move(training().resolve(group + ".aot"), stage.resolve("lib").resolve(group + ".aot"));
        }
    }

    /** The folder that command lines are run in: empty but for the machines. */
    private Path training() {
        return work.resolve("training");
    }

    /**
     * Runs the staged launcher, so that flags and class path are those of a later start, but another main class; in an
     * empty environment, so that settings of whoever builds do not matter, and as if on a terminal, where there is more
     * to load.
     */
    private Process train(String group) throws IOException {
        List<String> command = new ArrayList<>(List.of(stage.resolve("bin/smi").toString()));
        command.addAll(lines(source.resolve("training").resolve(group + ".txt")));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(training().toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(log(group).toFile());
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("TERM", "xterm");
        environment.put(
                "SMI_JAVA_OPTS", "-Dsmi.stdout.tty=true -XX:AOTCacheOutput=" + group + ".aot io.smi.cli.Training");
        return builder.start();
    }

    private void finish(String group, Process training) throws IOException, InterruptedException {
        if (training.waitFor() != 0 || !Files.exists(training().resolve(group + ".aot"))) {
            throw new IOException("training " + group + " failed:\n" + Files.readString(log(group)));
        }
    }

    private Path log(String group) {
        return work.resolve(group + ".log");
    }

    /** Of all files, whoever builds: JVMs compare the modification times of jars with what a cache remembers. */
    private void setAttributes() throws IOException {
        try (Stream<Path> files = Files.walk(stage)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String mode = Files.isExecutable(file) ? "rwxr-xr-x" : "rw-r--r--";
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
                Files.setLastModifiedTime(file, modified);
            }
        }
    }

    /** Lines without comments. */
    private static List<String> lines(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }

    private static void run(String tool, String options, String... more) {
        String[] arguments =
                Stream.concat(Stream.of(options.split(" ")), Stream.of(more)).toArray(String[]::new);
        int status = ToolProvider.findFirst(tool).orElseThrow().run(System.out, System.err, arguments);
        if (status != 0) {
            throw new IllegalStateException(tool + " failed: " + Arrays.toString(arguments));
        }
    }

    private static void delete(Path tree) throws IOException {
        if (Files.exists(tree)) {
            try (Stream<Path> files = Files.walk(tree)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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
        for (Path jar : classPath) {
            Path copy = lib.resolve(jar.getFileName());
            if (copy.getFileName().toString().startsWith("picocli-")) {
                compilePicocli(copy);
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
        run("jar", "--create --date " + modified, "--file", jar.toString(), "-C", classes.toString(), ".");
    }

    private void launcher() throws IOException {
        List<String> serverJars = lines(source.resolve("server-jars.txt"));
        List<String> jars =
                classPath.stream().map(jar -> jar.getFileName().toString()).toList();
        List<String> commandJars = jars.stream()
                .filter(jar -> serverJars.stream().noneMatch(jar::startsWith))
                .toList();
        String script = Files.readString(source.resolve("smi"))
                .replace("@CLASS_PATH@", path(jars))
                .replace("@COMMAND_PATH@", path(commandJars));
        Path launcher = Files.createDirectory(stage.resolve("bin")).resolve("smi");
        Files.writeString(launcher, script);
        launcher.toFile().setExecutable(true);
    }

    private static String path(List<String> jars) {
        return jars.stream().map(jar -> "$lib/" + jar).collect(Collectors.joining(":"));
    }

    /** Machines to train on: the one that builds may have no sensor at all. */
    private void machines() throws IOException, InterruptedException {
        Path unpacker = coreTests.resolve("java/io/smi/core/FixtureTree.java");
        for (String name : List.of("epyc-2s", "alderlake-laptop")) {
            Path tree = coreTests.resolve("resources/machines").resolve(name).resolve("tree.txt");
            Path java = Path.of(System.getProperty("java.home"), "bin", "java");
            Path folder = work.resolve(name);
            delete(folder);
            List<String> command = new ArrayList<>(List.of(java.toString(), "-cp"));
            command.add(classPath.stream().map(Path::toString).collect(Collectors.joining(":")));
            command.addAll(List.of(unpacker.toString(), tree.toString(), folder.toString()));
            if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
                throw new IOException("cannot unpack " + tree);
            }
        }
    }

    /** One cache per file of command lines; none is in place while another is trained. */
    private void caches() throws IOException, InterruptedException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> files = Files.list(source.resolve("training"))) {
            files.map(file -> file.getFileName().toString().replace(".txt", ""))
                    .sorted()
                    .forEach(names::add);
        }
        for (String name : names) {
            train(name);
        }
        for (String name : names) {
            Files.move(work.resolve(name + ".aot"), stage.resolve("lib").resolve(name + ".aot"));
        }
    }

    /**
     * Runs the staged launcher, so that flags and class path are those of a later start, but another main class; in an
     * empty environment, so that settings of whoever builds do not matter, and as if on a terminal, where there is more
     * to load.
     */
    private void train(String name) throws IOException, InterruptedException {
        String cache = name + ".aot";
        Files.deleteIfExists(work.resolve(cache));
        Path log = work.resolve(name + ".log");
        List<String> command = new ArrayList<>(List.of(stage.resolve("bin/smi").toString()));
        command.addAll(lines(source.resolve("training").resolve(name + ".txt")));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(work.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(log.toFile());
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("SMI_JAVA_OPTS", "-Dsmi.stdout.tty=true -XX:AOTCacheOutput=" + cache + " io.smi.cli.Training");
        if (builder.start().waitFor() != 0 || !Files.exists(work.resolve(cache))) {
            throw new IOException("training " + cache + " failed:\n" + Files.readString(log));
        }
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

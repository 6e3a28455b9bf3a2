package io.smi.cli.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.smi.cli.Peers;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What users get. */
class ContentsIT {
    /** Class files of older versions are refused by AOT caches. */
    private static final int JAVA_6 = 50;

    /**
     * Undertow's handlers that log into a database and that authenticate by Kerberos need these, and what JNA has for windows
     * on a screen and for the clipboard; nothing starts them.
     */
    private static final List<String> UNUSED_MODULES =
            List.of("java.sql", "java.security.jgss", "java.desktop", "java.datatransfer");

    private static final String ARCHIVE = System.getProperty("smi.archive");

    @Test
    void theRuntimeHasTheModulesThatTheJarsNeed() throws Exception {
        List<String> modules = Program.run(
                        Map.of(), Program.HOME.resolve("runtime/bin/java").toString(), "--list-modules")
                .out()
                .lines()
                .map(line -> line.replaceFirst("@.*", ""))
                .toList();
        assertThat(modules).containsAll(neededModules());
    }

    /** Of our jars and of those that they use. As a class path: some name modules that others do not name themselves. */
    private static List<String> neededModules() throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "--list-deps",
                "--ignore-missing-deps",
                "--multi-release",
                String.valueOf(Runtime.version().feature()),
                "--class-path",
                jars().stream().map(Path::toString).collect(Collectors.joining(":"))));
        jars().stream()
                .filter(jar -> jar.getFileName().toString().startsWith("smi-"))
                .forEach(jar -> arguments.add(jar.toString()));
        StringWriter out = new StringWriter();
        PrintWriter writer = new PrintWriter(out);
        int status =
                ToolProvider.findFirst("jdeps").orElseThrow().run(writer, writer, arguments.toArray(String[]::new));
        assertThat(status).as(out.toString()).isZero();
        return out.toString()
                .lines()
                .map(line -> line.strip().replaceFirst("/.*", ""))
                .filter(module -> !module.isEmpty() && !UNUSED_MODULES.contains(module))
                .toList();
    }

    @Test
    void anAotCacheCanHoldEveryClass() throws IOException {
        for (Path jar : jars()) {
            try (JarFile file = new JarFile(jar.toFile())) {
                for (JarEntry entry : file.stream().toList()) {
                    if (entry.getName().endsWith(".class")) {
                        assertThat(version(file, entry))
                                .as("%s in %s", entry, jar)
                                .isGreaterThanOrEqualTo(JAVA_6);
                    }
                }
            }
        }
    }

    private static int version(JarFile file, JarEntry entry) throws IOException {
        try (DataInputStream in = new DataInputStream(file.getInputStream(entry))) {
            in.skipNBytes(6);
            return in.readUnsignedShort();
        }
    }

    @Test
    void nativeLibrariesLieBesideTheJarsAndAreForThisMachine() throws IOException {
        int machine = elfMachine(Program.HOME.resolve("runtime/bin/java"));
        for (String library : List.of("libzstd-jni.so", "libjlinenative.so", "libjnidispatch.so")) {
            assertThat(elfMachine(Program.HOME.resolve("lib").resolve(library)))
                    .as(library)
                    .isEqualTo(machine);
        }
        for (Path jar : jars()) {
            assertThat(entries(jar)).as("%s", jar).noneMatch(name -> name.matches(".*\\.(so|dll|dylib|jnilib)"));
        }
    }

    /** The architecture that a program or library is for, as its header says. */
    private static int elfMachine(Path file) throws IOException {
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            assertThat(in.readInt()).as("the begin of %s", file).isEqualTo(0x7f454c46);
            in.skipNBytes(14);
            return Short.toUnsignedInt(Short.reverseBytes(in.readShort()));
        }
    }

    /** Its variant for newer JDKs makes method handles at each start, which no cache holds. */
    @Test
    void zstdIsCalledByJni() throws IOException {
        for (Path jar : jars()) {
            if (jar.getFileName().toString().startsWith("zstd-jni-")) {
                assertThat(entries(jar)).contains("com/github/luben/zstd/Zstd.class");
                assertThat(entries(jar)).noneMatch(name -> name.startsWith("META-INF/versions/"));
            }
        }
    }

    private static List<String> entries(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream().map(JarEntry::getName).toList();
        }
    }

    @Test
    void theNoticeNamesEveryJarOfOthers() throws IOException {
        String notice = Files.readString(Program.HOME.resolve("NOTICE"));
        for (Path jar : jars()) {
            String name = jar.getFileName().toString().replaceFirst("-[0-9].*", "");
            if (!name.startsWith("smi-")) {
                assertThat(notice).contains("\nlib/" + name + " ");
            }
        }
    }

    /** Modification times as well: JVMs compare those of the jars with what the cache remembers. */
    @Test
    void anUnpackedArchiveIsTheProgram(@TempDir Path folder) throws Exception {
        assertThat(Program.run(Map.of(), "tar", "-xf", ARCHIVE + ".tar.gz", "-C", folder.toString())
                        .status())
                .isZero();
        Path unpacked;
        try (Stream<Path> files = Files.list(folder)) {
            unpacked = files.toList().getFirst();
        }
        assertThat(unpacked.getFileName().toString()).startsWith("smi-");
        assertThat(describe(unpacked)).isEqualTo(describe(Program.HOME));
        assertThat(Program.snapshot(unpacked, Program.CACHE_REQUIRED).status()).isZero();
    }

    @Test
    void bothArchivesHoldTheSame() throws Exception {
        assumeTrue(Peers.has("zstd"), "zstd is not installed");
        String zst = Program.run(Map.of(), "tar", "-tvf", ARCHIVE + ".tar.zst").out();
        assertThat(zst).contains("/bin/smi\n");
        assertThat(zst)
                .isEqualTo(Program.run(Map.of(), "tar", "-tvf", ARCHIVE + ".tar.gz")
                        .out());
    }

    private static Map<String, String> describe(Path folder) throws IOException {
        Map<String, String> entries = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                entries.put(
                        folder.relativize(file).toString(),
                        Files.size(file) + " " + Files.isExecutable(file) + " " + Files.getLastModifiedTime(file));
            }
        }
        return entries;
    }

    private static List<Path> jars() throws IOException {
        try (Stream<Path> files = Files.list(Program.HOME.resolve("lib"))) {
            return files.filter(file -> file.toString().endsWith(".jar")).toList();
        }
    }
}

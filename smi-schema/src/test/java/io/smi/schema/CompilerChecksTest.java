package io.smi.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/**
 * Compiles canaries the way that the parent POM compiles us. A check that is switched off by a mistyped flag is silent;
 * here it is not.
 */
class CompilerChecksTest {
    @TempDir
    private Path folder;

    @Test
    void nullAwayStopsADereferencedNull() throws Exception {
        assertThat(compile("NullUnsafe")).contains("NullUnsafe.java:11: error: [NullAway] dereferenced expression");
        assertThat(classFile("NullUnsafe")).doesNotExist();
    }

    @Test
    void errorProneStopsAnExceptionThatIsNotThrown() throws Exception {
        assertThat(compile("Buggy")).contains("Buggy.java:8: error: [DeadException]");
        assertThat(classFile("Buggy")).doesNotExist();
    }

    @Test
    void sourceWithoutAMistakeCompiles() throws Exception {
        assertThat(compile("Clean")).isEmpty();
        assertThat(classFile("Clean")).exists();
    }

    private Path classFile(String name) {
        return folder.resolve("canary").resolve(name + ".class");
    }

    /** What javac has to say about a canary. */
    private String compile(String name) throws Exception {
        Path source = Files.createDirectory(folder.resolve("canary")).resolve(name + ".java");
        try (InputStream canary = getClass().getResourceAsStream("/canary/" + name + ".java.txt")) {
            Files.copy(Objects.requireNonNull(canary), source);
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "javac").toString());
        command.addAll(flags());
        command.addAll(List.of("-processorpath", jars(""), "-classpath", jars("jspecify")));
        command.addAll(List.of("-d", folder.toString(), source.toString()));
        return run(command);
    }

    private String run(List<String> command) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        Process javac = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(javac.waitFor(2, TimeUnit.MINUTES)).as("javac ends").isTrue();
        } finally {
            javac.destroyForcibly();
        }
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    /** The compiler's arguments in the parent POM. */
    private static List<String> flags() throws Exception {
        Document pom = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new File(System.getProperty("basedir", ""), "../pom.xml"));
        List<String> flags = new ArrayList<>(List.of("--release", value(pom, "//properties/java.release")));
        String plugin = value(pom, "//properties/error-prone.plugin");
        NodeList arguments = (NodeList) xpath().evaluate("//compilerArgs/arg", pom, XPathConstants.NODESET);
        for (int i = 0; i < arguments.getLength(); i++) {
            flags.add(arguments.item(i).getTextContent().replace("${error-prone.plugin}", plugin));
        }
        assertThat(flags).contains("-Werror").anyMatch(flag -> flag.startsWith("-Xplugin:ErrorProne"));
        return flags;
    }

    private static String value(Document pom, String path) throws XPathExpressionException {
        return xpath().evaluate(path, pom);
    }

    private static XPath xpath() {
        return XPathFactory.newInstance().newXPath();
    }

    private static String jars(String name) {
        List<String> jars = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (entry.endsWith(".jar") && entry.contains(name)) {
                jars.add(entry);
            }
        }
        return String.join(File.pathSeparator, jars);
    }
}

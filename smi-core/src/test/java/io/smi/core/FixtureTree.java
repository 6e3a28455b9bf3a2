package io.smi.core;

import io.smi.core.kernel.Roots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * A machine's files, unpacked from a text archive: one file to read and to review, with the names and symbolic links of
 * {@code /sys} kept out of git.
 *
 * <pre>
 * # before the first header: comment
 * == proc/loadavg
 * 0.52 0.58 0.59 1/467 12345
 * == sys/class/hwmon/
 * == sys/class/dmi/id -> ../../devices/virtual/dmi/id
 * </pre>
 *
 * <p>A header is a file, whose text follows up to the next one; a folder, when it ends in a slash; or a symbolic link,
 * always relative. Folders on the way are made. Paths start with {@code proc/}, {@code sys/} or {@code root/}, the
 * three of {@link Roots}. The archive is ASCII: any other byte is {@code \xHH}, NUL also {@code \0}, a backslash
 * {@code \\}; a backslash at the end of a line says that the file has no line end there, and {@code \x3d} stands for an
 * equals sign that would begin a header. {@code examples/capture-machine.sh} writes this format.
 */
final class FixtureTree {
    private static final String HEADER = "== ";

    private final Path folder;

    private FixtureTree(Path folder) {
        this.folder = folder;
    }

    /** Unpacks an archive by hand, and for the packaging's training: {@code java -cp ... FixtureTree.java tree.txt folder}. */
    public static void main(String[] args) throws IOException {
        unpack(Path.of(args[0]), Path.of(args[1]).toAbsolutePath());
    }

    /** Unpacks an archive into an empty folder. */
    static FixtureTree unpack(Path archive, Path folder) throws IOException {
        for (String root : new String[] {"proc", "sys", "root"}) {
            Files.createDirectories(folder.resolve(root));
        }
        FixtureTree tree = new FixtureTree(folder);
        tree.apply(archive);
        return tree;
    }

    /** Unpacks another archive over it. Files are written in place: who has one open reads its new text. */
    void apply(Path archive) throws IOException {
        String header = null;
        StringBuilder body = new StringBuilder();
        for (String line : Files.readAllLines(archive, StandardCharsets.US_ASCII)) {
            if (line.startsWith(HEADER)) {
                if (header != null) {
                    entry(header, body.toString());
                }
                header = line.substring(HEADER.length());
                body.setLength(0);
            } else {
                body.append(line).append('\n');
            }
        }
        if (header == null) {
            throw new IllegalArgumentException(archive + " has no entry");
        }
        entry(header, body.toString());
    }

    private void entry(String header, String body) throws IOException {
        int arrow = header.indexOf(" -> ");
        Path path = inside(folder.resolve(arrow < 0 ? header : header.substring(0, arrow)));
        if (header.endsWith("/")) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.getParent());
        if (arrow < 0) {
            Files.write(path, unescape(body));
        } else if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            String target = header.substring(arrow + 4);
            inside(path.resolveSibling(target));
            Files.createSymbolicLink(path, Path.of(target));
        }
    }

    /** An archive must not reach, nor point, to where the host's own files are. */
    private Path inside(Path path) {
        if (!path.normalize().startsWith(folder) || path.normalize().equals(folder)) {
            throw new IllegalArgumentException(path + " is outside of the tree");
        }
        return path;
    }

    private static byte[] unescape(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i++);
            if (c != '\\') {
                bytes.write(c);
                continue;
            }
            char escape = text.charAt(i++);
            switch (escape) {
                case '\\' -> bytes.write('\\');
                case '0' -> bytes.write(0);
                case '\n' -> {} // the file has no line end here
                case 'x' -> {
                    bytes.write(HexFormat.fromHexDigits(text, i, i + 2));
                    i += 2;
                }
                default -> throw new IllegalArgumentException("unknown escape \\" + escape + " in: " + text);
            }
        }
        return bytes.toByteArray();
    }

    /** The text of a file, without its line end. */
    String text(String path) throws IOException {
        return Files.readString(file(path)).stripTrailing();
    }

    /** Where a file of it is. */
    Path file(String path) {
        return folder.resolve(path);
    }

    /** Its files, as readers take them. */
    Roots roots() {
        return Roots.of(
                file("proc").toFile(), file("sys").toFile(), file("root").toFile());
    }
}

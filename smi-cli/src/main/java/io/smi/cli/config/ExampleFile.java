package io.smi.cli.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/** A file to begin with: every setting as a comment, with its default where that is a value. */
public final class ExampleFile {
    private ExampleFile() {}

    /** Its text. */
    public static String text(List<Setting> settings) {
        StringBuilder text =
                new StringBuilder("# Settings of smi. The command line and SMI_* variables go before them.\n");
        String table = "";
        for (Setting setting : settings) {
            String key = setting.key();
            if (!setting.isShared()) {
                String own = key.substring(0, key.indexOf('.'));
                key = key.substring(own.length() + 1);
                if (!own.equals(table)) {
                    text.append("\n[").append(own).append("]\n");
                    table = own;
                }
            }
            text.append("\n# ").append(setting.description()).append('\n');
            text.append("# ").append(key).append(" = ").append(value(setting)).append('\n');
        }
        return text.toString();
    }

    private static String value(Setting setting) {
        String text = setting.defaultText();
        if (setting.isFlag()) {
            return "false";
        }
        if (text == null || !isValue(setting, text)) {
            text = setting.option().paramLabel();
        }
        return setting.isList() ? "[\"" + text + "\"]" : '"' + text + '"';
    }

    private static boolean isValue(Setting setting, String text) {
        try {
            setting.convert(new Origin(List.of(text), false, ""));
            return true;
        } catch (ConfigException e) {
            return false;
        }
    }

    /**
     * Makes the file appear, complete, for its owner only.
     *
     * @param force whether it may take the place of another; a symbolic link is replaced, not followed
     * @throws java.nio.file.FileAlreadyExistsException when there is one and it may not
     */
    public static void write(Path file, String text, boolean force) throws IOException {
        Files.createDirectories(file.resolveSibling("."));
        Path temporary = file.resolveSibling("." + file.getFileName() + "." + Long.toHexString(System.nanoTime()));
        try {
            try (FileChannel channel = FileChannel.open(
                    temporary,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            if (force) {
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            } else {
                Files.createLink(file, temporary);
            }
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}

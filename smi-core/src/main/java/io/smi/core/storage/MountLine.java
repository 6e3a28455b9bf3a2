package io.smi.core.storage;

import io.smi.core.kernel.Cursor;
import io.smi.core.kernel.KernelFormatException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line of {@code /proc/self/mountinfo}, such as {@code 36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root
 * rw,errors=continue}: proc_pid_mountinfo(5).
 *
 * @param id of the mount
 * @param parent the mount that it is mounted in
 * @param device the number of the file system: of its block device, or with a major number of 0
 * @param root what of the file system is mounted
 * @param point where
 */
record MountLine(
        long id, long parent, long device, String root, String point, String type, String source, boolean readOnly) {

    /** All lines of a table. */
    static List<MountLine> parse(Cursor text) throws KernelFormatException {
        List<MountLine> lines = new ArrayList<>();
        while (!text.atEnd()) {
            lines.add(line(text));
        }
        return lines;
    }

    private static MountLine line(Cursor text) throws KernelFormatException {
        long id = text.number();
        long parent = text.number();
        Long device = number(text.word());
        String root = path(text.word());
        String point = path(text.word());
        boolean readOnly = isReadOnly(text.word());
        while (!text.accept("- ") && text.skipPast(' ')) {
            // optional fields, of which there may be any number
        }
        String type = text.word();
        String source = text.word();
        String options = text.word();
        boolean whole = !options.isEmpty() && text.accept("\n");
        if (device == null || point.isEmpty() || !whole) {
            throw text.expected("a mount");
        }
        return new MountLine(id, parent, device, root, point, type, path(source), readOnly || isReadOnly(options));
    }

    /** The number of a device such as 259:2; null when it is none. */
    static @Nullable Long number(String text) {
        int colon = text.indexOf(':');
        try {
            return colon < 0
                    ? null
                    : Long.valueOf(Disk.number(
                            Integer.parseInt(text, 0, colon, 10),
                            Integer.parseInt(text, colon + 1, text.length(), 10)));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static boolean isReadOnly(String options) {
        return options.equals("ro") || options.startsWith("ro,");
    }

    /** The kernel writes white space and backslashes as three octal digits behind a backslash. */
    static String path(String escaped) {
        if (escaped.indexOf('\\') < 0) {
            return escaped;
        }
        byte[] bytes = escaped.getBytes(StandardCharsets.UTF_8);
        int length = 0;
        for (int i = 0; i < bytes.length; i++, length++) {
            boolean escape = bytes[i] == '\\' && i + 3 < bytes.length;
            int code = escape ? octal(bytes, i + 1) : -1;
            bytes[length] = code < 0 ? bytes[i] : (byte) code;
            i += code < 0 ? 0 : 3;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    /** Three octal digits; -1 when they are none. */
    private static int octal(byte[] bytes, int at) {
        int code = 0;
        for (int i = at; i < at + 3; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 7) {
                return -1;
            }
            code = code * 8 + digit;
        }
        return code;
    }

    /** Whether it is mounted on a folder above the other's. */
    boolean isAbove(MountLine other) {
        return other.point.length() > point.length()
                && other.point.startsWith(point)
                && (point.endsWith("/") || other.point.charAt(point.length()) == '/');
    }
}

package io.smi.core.process;

import io.smi.core.Problems;
import io.smi.core.kernel.KernelFiles;
import java.io.File;
import java.util.HashMap;
import java.util.Map;

/**
 * User names of {@code etc/passwd}, read again when that file changes. Users whom only a directory service knows (LDAP,
 * SSSD) have no name here: asking it would mean loading its libraries into this process, or starting another.
 */
final class Users {
    private final KernelFiles root;
    private final File passwd;
    private Map<String, String> names = Map.of();
    private long modified = -1;
    private long length = -1;
    private boolean troubled;

    Users(KernelFiles root) {
        this.root = root;
        this.passwd = new File(root.path("etc/passwd"));
    }

    /** Reads the names anew, if they have changed or could not be read. */
    void refresh(Problems problems) {
        long modifiedNow = passwd.lastModified();
        long lengthNow = passwd.length();
        if (modifiedNow == modified && lengthNow == length && !troubled) {
            return;
        }
        modified = modifiedNow;
        length = lengthNow;
        Problems found = new Problems();
        String text = root.text("etc/passwd", found);
        troubled = !found.list().isEmpty();
        problems.addAll(found);
        names = text == null ? Map.of() : parse(text);
    }

    /** The user's name; the number where there is none. */
    String name(long uid) {
        String number = Long.toString(uid);
        return names.getOrDefault(number, number);
    }

    /** Lines such as {@code root:x:0:0:...}, names by number; of two names the first counts, as in the C library. */
    private static Map<String, String> parse(String text) {
        Map<String, String> names = new HashMap<>();
        int start = 0;
        while (start < text.length()) {
            int newline = text.indexOf('\n', start);
            int end = newline < 0 ? text.length() : newline;
            int password = text.indexOf(':', start);
            int number = text.indexOf(':', password + 1);
            int group = text.indexOf(':', number + 1);
            if (start < password && password < number && number < group && group < end) {
                names.putIfAbsent(
                        text.substring(number + 1, group), CommandLine.printable(text.substring(start, password)));
            }
            start = end + 1;
        }
        return names;
    }
}

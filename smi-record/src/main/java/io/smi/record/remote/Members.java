package io.smi.record.remote;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The members of a small JSON object, such as a server says more with than with a number: strings as what they mean,
 * numbers and words as they are written. Objects and arrays in it are passed over.
 */
final class Members {
    private final String json;
    private final Map<String, String> members = new HashMap<>();
    private int at;

    private Members(String json) {
        this.json = json;
    }

    /** By name; of what is no object those before the fault, for nobody depends on the rest. */
    static Map<String, String> of(byte[] json) {
        Members reader = new Members(new String(json, StandardCharsets.UTF_8));
        reader.object();
        return reader.members;
    }

    private void object() {
        if (!takes('{')) {
            return;
        }
        do {
            skipBlanks();
            if (now() != '"') {
                return;
            }
            String name = string();
            if (!takes(':')) {
                return;
            }
            skipBlanks();
            value(name);
        } while (takes(','));
    }

    private void value(String name) {
        switch (now()) {
            case '"' -> members.put(name, string());
            case '{', '[' -> skipNested();
            default -> {
                int start = at;
                while (at < json.length() && ",}] \t\r\n".indexOf(now()) < 0) {
                    at++;
                }
                members.put(name, json.substring(start, at));
            }
        }
    }

    private void skipNested() {
        int depth = 0;
        do {
            switch (now()) {
                case '"' -> string();
                case '{', '[' -> {
                    depth++;
                    at++;
                }
                case '}', ']' -> {
                    depth--;
                    at++;
                }
                default -> at++;
            }
        } while (depth > 0 && at < json.length());
    }

    private String string() {
        StringBuilder text = new StringBuilder();
        at++;
        while (at < json.length() && now() != '"') {
            if (now() == '\\') {
                at++;
                text.append(escaped());
            } else {
                text.append(now());
            }
            at++;
        }
        at++;
        return text.toString();
    }

    /** What stands after a backslash; the place is its last character then. */
    private char escaped() {
        return switch (now()) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> now();
        };
    }

    private char unicode() {
        int code = 0;
        for (int i = 1; i <= 4; i++) {
            int digit = at + i < json.length() ? Character.digit(json.charAt(at + i), 16) : -1;
            if (digit < 0) {
                return '\ufffd';
            }
            code = code * 16 + digit;
        }
        at += 4;
        return (char) code;
    }

    private boolean takes(char c) {
        skipBlanks();
        boolean there = now() == c;
        at += there ? 1 : 0;
        return there;
    }

    private void skipBlanks() {
        while (at < json.length() && " \t\r\n".indexOf(now()) >= 0) {
            at++;
        }
    }

    /** The character here; NUL at the end, which JSON has none of. */
    private char now() {
        return at < json.length() ? json.charAt(at) : 0;
    }
}

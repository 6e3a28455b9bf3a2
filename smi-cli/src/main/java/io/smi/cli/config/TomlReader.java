package io.smi.cli.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the part of TOML 1.0 that settings need: comments, tables, bare, quoted and dotted keys, strings on one line, whole
 * numbers, booleans, and arrays of these. Whatever else TOML has is refused with its line, never taken for something else.
 *
 * @see <a href="https://toml.io/en/v1.0.0">TOML 1.0</a>
 */
final class TomlReader {
    private static final int END = -1;

    private final String file;
    private final String text;
    private final Map<String, Origin> values = new LinkedHashMap<>();
    private final Set<String> tables = new HashSet<>();
    private String table = "";
    private int at;
    private int line = 1;

    private TomlReader(String file, String text) {
        this.file = file;
        this.text = text;
    }

    /** All values by their keys with the keys of their tables, joined by dots. */
    static Map<String, Origin> read(String file, String text) throws ConfigException {
        TomlReader reader = new TomlReader(file, text);
        reader.skipToContent();
        while (reader.peek() != END) {
            reader.statement();
            reader.endOfLine();
            reader.skipToContent();
        }
        return reader.values;
    }

    private void statement() throws ConfigException {
        if (peek() == '[') {
            at++;
            if (peek() == '[') {
                throw wrong("arrays of tables are not for settings");
            }
            table = key();
            expect(']');
            if (!tables.add(table)) {
                throw wrong("table '" + table + "' is there twice");
            }
            return;
        }
        int begun = line;
        String name = key();
        String key = table.isEmpty() ? name : table + "." + name;
        expect('=');
        skipBlanks();
        Origin value = value(file + ":" + begun);
        if (values.putIfAbsent(key, value) != null) {
            throw wrong("'" + key + "' is there twice");
        }
    }

    private String key() throws ConfigException {
        StringBuilder key = new StringBuilder();
        while (true) {
            skipBlanks();
            int c = peek();
            key.append(c == '"' || c == '\'' ? string() : word("a key"));
            skipBlanks();
            if (peek() != '.') {
                return key.toString();
            }
            at++;
            key.append('.');
        }
    }

    private Origin value(String where) throws ConfigException {
        if (peek() != '[') {
            return new Origin(List.of(scalar()), false, where);
        }
        at++;
        List<String> texts = new ArrayList<>();
        skipToContent();
        while (peek() != ']') {
            texts.add(scalar());
            skipToContent();
            if (peek() != ',') {
                break;
            }
            at++;
            skipToContent();
        }
        expect(']');
        return new Origin(texts, true, where);
    }

    private String scalar() throws ConfigException {
        int c = peek();
        if (c == '"' || c == '\'') {
            return string();
        }
        String word = word("a string in quotes, a whole number, true, false, or an array");
        return switch (word) {
            case "true", "false" -> word;
            default -> number(word);
        };
    }

    private String number(String word) throws ConfigException {
        int begin = word.charAt(0) == '-' ? 1 : 0;
        boolean digits = begin < word.length() && (word.charAt(begin) != '0' || word.length() == begin + 1);
        for (int i = begin; i < word.length(); i++) {
            char c = word.charAt(i);
            boolean between = c == '_' && i > begin && word.charAt(i - 1) != '_' && i < word.length() - 1;
            digits &= between || isDigit(c);
        }
        if (!digits || peek() == '.') {
            throw wrong("'" + word + "' is not a string in quotes, a whole number, true or false");
        }
        return word.replace("_", "");
    }

    private String word(String what) throws ConfigException {
        int begin = at;
        while (isBare(peek())) {
            at++;
        }
        if (begin == at) {
            throw wrong("expected " + what + found());
        }
        return text.substring(begin, at);
    }

    private String string() throws ConfigException {
        int quote = text.charAt(at++);
        StringBuilder string = new StringBuilder();
        while (peek() != quote) {
            int c = peek();
            if (c == END || (c < ' ' && c != '\t') || c == 0x7F) {
                throw wrong("the string has no end on its line");
            }
            at++;
            if (c == '\\' && quote == '"') {
                escape(string);
            } else {
                string.append((char) c);
            }
        }
        at++;
        if (peek() == quote) {
            throw wrong("strings of several lines are not for settings");
        }
        return string.toString();
    }

    private void escape(StringBuilder string) throws ConfigException {
        int c = peek();
        at++;
        switch (c) {
            case 'b' -> string.append('\b');
            case 't' -> string.append('\t');
            case 'n' -> string.append('\n');
            case 'f' -> string.append('\f');
            case 'r' -> string.append('\r');
            case '"', '\\' -> string.append((char) c);
            case 'u' -> string.appendCodePoint(hex(4));
            case 'U' -> string.appendCodePoint(hex(8));
            default -> throw wrong("unknown escape in a string; a literal string in ' has none");
        }
    }

    private int hex(int digits) throws ConfigException {
        long point = 0;
        for (int i = 0; i < digits; i++, at++) {
            int digit = Character.digit(peek(), 16);
            if (digit < 0) {
                throw wrong("expected " + digits + " hexadecimal digits" + found());
            }
            point = point * 16 + digit;
        }
        if (point > Character.MAX_CODE_POINT
                || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)) {
            throw wrong("no such character");
        }
        return (int) point;
    }

    private void skipToContent() {
        while (true) {
            skipBlanks();
            int c = peek();
            if (c == '#') {
                skipComment();
            } else if (c == '\n') {
                at++;
                line++;
            } else if (c == '\r' && text.startsWith("\r\n", at)) {
                at++;
            } else {
                return;
            }
        }
    }

    private void skipBlanks() {
        while (peek() == ' ' || peek() == '\t') {
            at++;
        }
    }

    private void skipComment() {
        while (peek() != '\n' && peek() != END) {
            at++;
        }
    }

    private void endOfLine() throws ConfigException {
        skipBlanks();
        if (peek() == '#') {
            skipComment();
        }
        if (peek() == '\r') {
            at++;
        }
        if (peek() != '\n' && peek() != END) {
            throw wrong("expected the end of the line" + found());
        }
    }

    private void expect(char c) throws ConfigException {
        skipBlanks();
        if (peek() != c) {
            throw wrong("expected '" + c + "'" + found());
        }
        at++;
    }

    private int peek() {
        return at < text.length() ? text.charAt(at) : END;
    }

    private static boolean isBare(int c) {
        return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-';
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private String found() {
        int c = peek();
        return c == END || c == '\n' || c == '\r' ? ", found the end of the line" : ", found '" + (char) c + "'";
    }

    private ConfigException wrong(String message) {
        return new ConfigException(file + ":" + line + ": " + message);
    }
}

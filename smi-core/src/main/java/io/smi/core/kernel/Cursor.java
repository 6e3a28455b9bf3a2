package io.smi.core.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A place in the text of a kernel file, moved forward by what is read there. Parses bytes as they are: no line becomes
 * a String unless it is asked for.
 */
public final class Cursor {
    private String path;
    private byte[] bytes;
    private int limit;
    private int at;

    /** At the start of this text; the path is for messages. */
    public Cursor(String path, byte[] bytes, int length) {
        this.path = path;
        this.bytes = bytes;
        this.limit = length;
    }

    /** At the start of this text, for tests of parsers. */
    public static Cursor of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Cursor("test", bytes, bytes.length);
    }

    void reset(String path, byte[] buffer, int length) {
        this.path = path;
        this.bytes = buffer;
        this.limit = length;
        this.at = 0;
    }

    /** The file that this text came from. */
    public String path() {
        return path;
    }

    /** Whether everything has been read. */
    public boolean atEnd() {
        return at >= limit;
    }

    /** Back to the start. */
    public void rewind() {
        at = 0;
    }

    /** Whether nothing but white space is left of this line. */
    public boolean atLineEnd() {
        skipSpaces();
        return at >= limit || bytes[at] == '\n';
    }

    /** Moves past this text if it comes next. */
    public boolean accept(String text) {
        if (limit - at < text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (bytes[at + i] != text.charAt(i)) {
                return false;
            }
        }
        at += text.length();
        return true;
    }

    /** Moves to the start of the next line; false when there is none. */
    public boolean nextLine() {
        byte[] text = bytes;
        int end = at;
        while (end < limit && text[end] != '\n') {
            end++;
        }
        at = Math.min(limit, end + 1);
        return at < limit;
    }

    /** Moves to just behind the next such byte of this line; false, without moving, when the line has none. */
    public boolean skipPast(char c) {
        for (int i = at; i < limit && bytes[i] != '\n'; i++) {
            if (bytes[i] == c) {
                at = i + 1;
                return true;
            }
        }
        return false;
    }

    /** Moves past spaces and tabs. */
    public void skipSpaces() {
        while (at < limit && (bytes[at] == ' ' || bytes[at] == '\t')) {
            at++;
        }
    }

    /**
     * The next word as a whole number, spaces before it skipped.
     *
     * @throws KernelFormatException when it is none, or too large for a long
     */
    public long number() throws KernelFormatException {
        skipSpaces();
        int start = at;
        boolean negative = at < limit && bytes[at] == '-';
        if (negative) {
            at++;
        }
        int firstDigit = at;
        int end = at;
        byte[] text = bytes;
        long value = 0;
        while (end < limit && isDigit(text[end])) {
            if (value > Long.MAX_VALUE / 10 || value * 10 + (text[end] - '0') < 0) {
                throw expected("a number below 2^63", start);
            }
            value = value * 10 + (text[end] - '0');
            end++;
        }
        at = end;
        if (end == firstDigit || !atWordEnd()) {
            throw expected("a number", start);
        }
        return negative ? -value : value;
    }

    /**
     * The next word as a decimal number such as {@code 12.34}, spaces before it skipped.
     *
     * @throws KernelFormatException when it is none
     */
    public double decimal() throws KernelFormatException {
        skipSpaces();
        int start = at;
        long whole = 0;
        long scale = 0;
        int digits = 0;
        while (at < limit && (isDigit(bytes[at]) || (bytes[at] == '.' && scale == 0))) {
            if (bytes[at] == '.') {
                scale = 1;
            } else {
                whole = whole * 10 + (bytes[at] - '0');
                scale *= 10;
                digits++;
            }
            at++;
        }
        if (digits == 0 || digits > 18 || !atWordEnd()) {
            throw expected("a decimal number", start);
        }
        return scale == 0 ? whole : (double) whole / scale;
    }

    /** The next word, spaces before it skipped; empty at the end of the line. */
    public String word() {
        skipSpaces();
        int start = at;
        while (at < limit && !isBlank(bytes[at])) {
            at++;
        }
        return text(start, at);
    }

    /** Moves past this many words and the spaces before each; stops at the end of the line. */
    public void skipWords(int count) {
        for (int i = 0; i < count; i++) {
            skipSpaces();
            byte[] text = bytes;
            int end = at;
            while (end < limit && !isBlank(text[end])) {
                end++;
            }
            at = end;
        }
    }

    /**
     * The text up to the last such byte of all that is left, lines or not; the cursor moves to just behind it. Null,
     * without moving, when there is none.
     */
    public @Nullable String upToLast(char c) {
        for (int i = limit - 1; i >= at; i--) {
            if (bytes[i] == c) {
                String text = text(at, i);
                at = i + 1;
                return text;
            }
        }
        return null;
    }

    /** The rest of the line without white space around it; the cursor stays on its end. */
    public String rest() {
        int start = at;
        while (at < limit && bytes[at] != '\n') {
            at++;
        }
        return text(start, at).strip();
    }

    /** Everything from here on, as it is. */
    public String all() {
        int start = at;
        at = limit;
        return text(start, limit);
    }

    /** Everything, from the start, as numbers in the machine's own byte order. Good for as long as the cursor is. */
    public ByteBuffer binary() {
        return ByteBuffer.wrap(bytes, 0, limit).slice().order(ByteOrder.nativeOrder());
    }

    private boolean atWordEnd() {
        return at >= limit || isBlank(bytes[at]);
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static boolean isBlank(byte b) {
        return b >= 0 && b <= ' ';
    }

    private String text(int start, int end) {
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }

    /** The complaint that something else was expected where the cursor stands. */
    public KernelFormatException expected(String what) {
        return expected(what, at);
    }

    private KernelFormatException expected(String what, int place) {
        int start = Math.min(place, limit);
        while (start > 0 && bytes[start - 1] != '\n') {
            start--;
        }
        int end = start;
        while (end < limit && bytes[end] != '\n') {
            end++;
        }
        return new KernelFormatException(path, what, text(start, end));
    }
}

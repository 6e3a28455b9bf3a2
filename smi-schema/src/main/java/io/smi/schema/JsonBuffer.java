package io.smi.schema;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * JSON in UTF-8, on one line, written token by token; commas come by themselves.
 *
 * <p>By hand, because this is what every snapshot needs and little of what a JSON library brings: its generator costs a
 * one-shot program 30 ms of class loading, and 4 ms from an AOT cache.
 */
public final class JsonBuffer {
    private static final int REPLACEMENT = 0xFFFD;
    private static final String HEX = "0123456789abcdef";

    private byte[] bytes = new byte[8192];
    private int size;

    /** How many bytes there are so far. */
    int size() {
        return size;
    }

    /** What was written so far. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    /** Begins an object, as a value. */
    public void startObject() {
        separate();
        put('{');
    }

    /** Ends an object. */
    public void endObject() {
        put('}');
    }

    /** Begins an array, as a value. */
    public void startArray() {
        separate();
        put('[');
    }

    /** Ends an array. */
    public void endArray() {
        put(']');
    }

    /** A key; its value is to follow. */
    public void name(String name) {
        string(name);
        put(':');
    }

    /** The value null. */
    public void nothing() {
        separate();
        ascii("null");
    }

    /** True or false. */
    public void bool(boolean value) {
        separate();
        ascii(value ? "true" : "false");
    }

    /** A whole number. */
    public void number(long value) {
        separate();
        if (value < 0) {
            ascii(Long.toString(value));
        } else {
            digits(value);
        }
    }

    /** A finite number. Up to three decimals are written as people write them: 12.5, and 12 rather than 12.0. */
    public void number(double value) {
        long thousandths = Math.round(Math.abs(value) * 1000);
        separate();
        if (thousandths / 1000.0 != Math.abs(value) || thousandths >= 1e15) {
            ascii(Double.toString(value));
            return;
        }
        if (value < 0) {
            put('-');
        }
        digits(thousandths / 1000);
        int fraction = (int) (thousandths % 1000);
        if (fraction != 0) {
            put('.');
            for (int unit = 100; fraction != 0; unit /= 10) {
                put('0' + fraction / unit);
                fraction %= unit;
            }
        }
    }

    /** A text, or null. */
    public void text(@Nullable String text) {
        if (text == null) {
            nothing();
        } else {
            string(text);
        }
    }

    /** Half of a surrogate pair, which UTF-8 cannot write, becomes U+FFFD. */
    public void string(String text) {
        separate();
        put('"');
        int at = plain(text, 0);
        while (at < text.length()) {
            int c = text.codePointAt(at);
            if (c < 0x80) {
                escaped((char) c);
            } else {
                utf8(c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? REPLACEMENT : c);
            }
            at = plain(text, at + Character.charCount(c));
        }
        put('"');
    }

    /** Copies the characters that stand for themselves, and gives the place of the first that does not. */
    private int plain(String text, int from) {
        int length = text.length();
        reserve(length - from);
        byte[] to = bytes;
        int shift = size - from;
        int at = from;
        for (; at < length; at++) {
            char c = text.charAt(at);
            if (c < ' ' || c >= 0x7F || c == '"' || c == '\\') {
                break;
            }
            to[shift + at] = (byte) c;
        }
        size = shift + at;
        return at;
    }

    private void escaped(char c) {
        put('\\');
        switch (c) {
            case '"', '\\' -> put(c);
            case '\n' -> put('n');
            case '\r' -> put('r');
            case '\t' -> put('t');
            default -> {
                ascii("u00");
                put(HEX.charAt(c >> 4));
                put(HEX.charAt(c & 0xF));
            }
        }
    }

    private void utf8(int codePoint) {
        if (codePoint < 0x800) {
            put(0xC0 | codePoint >> 6);
        } else {
            if (codePoint < 0x10000) {
                put(0xE0 | codePoint >> 12);
            } else {
                put(0xF0 | codePoint >> 18);
                put(0x80 | (codePoint >> 12 & 0x3F));
            }
            put(0x80 | (codePoint >> 6 & 0x3F));
        }
        put(0x80 | (codePoint & 0x3F));
    }

    private void digits(long value) {
        if (value >= 10) {
            digits(value / 10);
        }
        put('0' + (int) (value % 10));
    }

    private void ascii(String text) {
        for (int i = 0; i < text.length(); i++) {
            put(text.charAt(i));
        }
    }

    /** A comma, unless the token to come is the first in its object or array, or the value of a key. */
    private void separate() {
        byte last = size == 0 ? (byte) '[' : bytes[size - 1];
        if (last != '{' && last != '[' && last != ':') {
            put(',');
        }
    }

    private void put(int b) {
        reserve(1);
        bytes[size++] = (byte) b;
    }

    private void reserve(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}

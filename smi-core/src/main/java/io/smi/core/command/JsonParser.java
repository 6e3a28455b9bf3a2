package io.smi.core.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a JSON text. */
final class JsonParser {
    /** Deeper than any vendor's, shallower than the stack. */
    private static final int DEEPEST = 32;

    private final String text;
    private int at;

    JsonParser(String text) {
        this.text = text;
    }

    Json parse() throws IOException {
        Json value = value(0);
        skipSpace();
        if (at < text.length()) {
            throw unexpected();
        }
        return value;
    }

    private Json value(int depth) throws IOException {
        skipSpace();
        char first = peek();
        if (depth > DEEPEST) {
            throw unexpected();
        }
        return switch (first) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> new Json(string());
            default -> literal();
        };
    }

    private Json object(int depth) throws IOException {
        Map<String, Json> members = new LinkedHashMap<>();
        at++;
        while (!closed('}', members.isEmpty())) {
            String key = string();
            skipSpace();
            accept(':');
            members.put(key, value(depth + 1));
        }
        return Json.object(members);
    }

    private Json array(int depth) throws IOException {
        List<Json> elements = new ArrayList<>();
        at++;
        while (!closed(']', elements.isEmpty())) {
            elements.add(value(depth + 1));
        }
        return Json.array(elements);
    }

    /** Moves past the end of an object or array, or to its next element. */
    private boolean closed(char end, boolean first) throws IOException {
        skipSpace();
        if (peek() == end) {
            at++;
            return true;
        }
        if (!first) {
            accept(',');
            skipSpace();
        }
        return false;
    }

    private String string() throws IOException {
        accept('"');
        StringBuilder string = new StringBuilder();
        while (peek() != '"') {
            char c = text.charAt(at++);
            string.append(c == '\\' ? escaped() : c);
        }
        at++;
        return string.toString();
    }

    private char escaped() throws IOException {
        char c = peek();
        at++;
        return switch (c) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> c;
        };
    }

    private char unicode() throws IOException {
        try {
            char c = (char) Integer.parseInt(text, at, at + 4, 16);
            at += 4;
            return c;
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw unexpected();
        }
    }

    /** A number stays the text that it is; true, false and null say nothing that is asked for. */
    private Json literal() throws IOException {
        int start = at;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || "+-.".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        String word = text.substring(start, at);
        if (word.equals("null") || word.equals("true") || word.equals("false")) {
            return new Json(null);
        }
        try {
            Double.parseDouble(word);
            return new Json(word);
        } catch (NumberFormatException e) {
            throw unexpected();
        }
    }

    private void skipSpace() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() throws IOException {
        if (at >= text.length()) {
            throw unexpected();
        }
        return text.charAt(at);
    }

    private void accept(char c) throws IOException {
        if (peek() != c) {
            throw unexpected();
        }
        at++;
    }

    private IOException unexpected() {
        return new IOException("no JSON at character " + Math.min(at, text.length()) + " of " + text.length());
    }
}

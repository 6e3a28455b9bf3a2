package io.smi.cli.config;

import java.util.List;

/**
 * A value as it was written, and where.
 *
 * @param texts one, unless it is an array
 * @param array whether it was written as an array
 * @param where a variable's name, or file:line
 */
public record Origin(List<String> texts, boolean array, String where) {
    public Origin {
        texts = List.copyOf(texts);
    }

    /** The value in one line. */
    public String text() {
        return String.join(",", texts);
    }

    /** The value for people to see: without the name and the password in a URL. */
    public String shown() {
        return text().replaceAll("://[^/@]*@", "://***@");
    }
}

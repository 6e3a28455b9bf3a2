package io.smi.cli.table;

import io.smi.cli.text.Glyphs;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Lines of at most 80 columns under construction; counts what is seen, not the colour codes. */
final class Sheet {
    static final int WIDTH = 80;

    /** Where the text of a block begins, behind its title. */
    static final int INDENT = 6;

    /** Width of the bar that a block begins with. */
    static final int BAR = 24;

    /** Where the percentage behind that bar ends. */
    static final int PERCENT_END = 39;

    private static final String BLOCKS = "▏▎▍▌▋▊▉█";
    private static final String LEVELS = "▁▂▃▄▅▆▇█";

    private final Style style;
    private final StringBuilder text = new StringBuilder(2048);
    private int column;

    Sheet(Style style) {
        this.style = style;
    }

    Style style() {
        return style;
    }

    Sheet text(String value) {
        return add(value, null);
    }

    Sheet bold(String value) {
        return add(value, "1");
    }

    Sheet dim(String value) {
        return add(value, "2");
    }

    /** In the colour of a warning. */
    Sheet warning(String value) {
        return add(value, "33");
    }

    /** Moves to this column; one space at the least. */
    Sheet to(int target) {
        return add(" ".repeat(Math.max(1, target - column)), null);
    }

    /** So that it ends at this column, behind a space at the least; cut when there is no room for it. */
    Sheet right(String value, int end) {
        String shown = cut(value, end - column - 1);
        return to(end - Glyphs.width(shown)).text(shown);
    }

    /** As much of it as fits before this column, with an ellipsis when it is cut. */
    Sheet fit(String value, int end) {
        return add(cut(value, end - column), null);
    }

    /** All of it, on further lines that begin at this column where one is not enough; ends the line. */
    void wrap(String value, int indent) {
        String rest = Glyphs.printable(value, style.unicode());
        while (true) {
            String part = Glyphs.cut(rest, WIDTH - column);
            text(part).end();
            rest = rest.substring(part.length());
            if (rest.isEmpty()) {
                return;
            }
            to(indent);
        }
    }

    /** A bar of this width that shows a percentage, in the colour of how much it is. */
    Sheet bar(@Nullable Double percent, int width) {
        if (percent == null) {
            return dim((style.unicode() ? "·" : ".").repeat(width));
        }
        int eighths = (int) Math.round(percent / 100 * width * 8);
        int full = eighths / 8;
        String filled;
        if (style.unicode()) {
            filled = "█".repeat(full) + (eighths % 8 == 0 ? "" : BLOCKS.substring(eighths % 8 - 1, eighths % 8));
        } else {
            filled = "#".repeat(full);
        }
        add(filled, colour(percent));
        return dim((style.unicode() ? "·" : ".").repeat(width - filled.length()));
    }

    /** One character that shows a percentage by its height. */
    Sheet level(@Nullable Double percent) {
        if (percent == null) {
            return dim("?");
        }
        int step = (int) Math.min(7, percent / 12.5);
        String level = style.unicode()
                ? LEVELS.substring(step, step + 1)
                : Integer.toString(Math.min(9, (int) (percent / 10)));
        return add(level, colour(percent));
    }

    /** Ends the line. */
    void end() {
        int length = text.length();
        while (length > 0 && text.charAt(length - 1) == ' ') {
            length--;
        }
        text.setLength(length);
        text.append('\n');
        column = 0;
    }

    byte[] bytes() {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String colour(double percent) {
        return percent >= 85 ? "31" : percent >= 60 ? "33" : "32";
    }

    private Sheet add(String value, @Nullable String code) {
        String clean = Glyphs.printable(value, style.unicode());
        if (code != null && style.colours() && !clean.isEmpty()) {
            text.append("\033[").append(code).append('m').append(clean).append("\033[0m");
        } else {
            text.append(clean);
        }
        column += Glyphs.width(clean);
        return this;
    }

    /** As much of a text as fits into this width, with an ellipsis when it is cut. */
    String cut(String value, int width) {
        String clean = Glyphs.printable(value, style.unicode());
        if (Glyphs.width(clean) <= width) {
            return clean;
        }
        return width < 2 ? "" : Glyphs.cut(clean, width - 1) + (style.unicode() ? "…" : "~");
    }
}

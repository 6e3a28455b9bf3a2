package io.smi.cli.table;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Lines of at most 80 columns under construction; counts what is seen, not the colour codes. */
final class Sheet {
    static final int WIDTH = 80;

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

    /** So that it ends at this column. */
    Sheet right(String value, int end) {
        return to(end - value.length()).text(value);
    }

    /** As much of it as fits before this column, with an ellipsis when it is cut. */
    Sheet fit(String value, int end) {
        return add(cut(value, end - column), null);
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
        String clean = printable(value);
        if (code != null && style.colours() && !clean.isEmpty()) {
            text.append("\033[").append(code).append('m').append(clean).append("\033[0m");
        } else {
            text.append(clean);
        }
        column += clean.length();
        return this;
    }

    /** As much of a text as fits into this width, with an ellipsis when it is cut. */
    String cut(String value, int width) {
        if (value.length() <= width) {
            return value;
        }
        return width < 2 ? "" : value.substring(0, width - 1) + (style.unicode() ? "…" : "~");
    }

    /** Names come from firmware and other users' programs: nothing in them may move a terminal's cursor. */
    private static String printable(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (Character.isISOControl(value.charAt(i))) {
                StringBuilder clean = new StringBuilder(value);
                for (int j = i; j < clean.length(); j++) {
                    if (Character.isISOControl(clean.charAt(j))) {
                        clean.setCharAt(j, '?');
                    }
                }
                return clean.toString();
            }
        }
        return value;
    }
}

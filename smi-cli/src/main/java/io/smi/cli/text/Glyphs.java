package io.smi.cli.text;

/** Characters as a terminal shows them. */
public final class Glyphs {
    private Glyphs() {}

    /**
     * A text of which nothing can harm a terminal or mislead who reads it, whatever another user's program is called: no
     * control characters, no marks that turn the direction of writing, no halves of characters. Each becomes a question
     * mark.
     */
    public static String printable(String text, boolean unicode) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                return cleaned(text, unicode);
            }
        }
        return text;
    }

    private static String cleaned(String text, boolean unicode) {
        StringBuilder clean = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            clean.appendCodePoint(isShown(point, unicode) ? point : '?');
            i += Character.charCount(point);
        }
        return clean.toString();
    }

    /** The ASCII style's own degree sign and blocks are ASCII, so what is not comes from the machine. */
    private static boolean isShown(int point, boolean unicode) {
        if (point >= ' ' && point <= '~') {
            return true;
        }
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE -> false;
            default -> unicode;
        };
    }

    /** Columns that a printable text takes. */
    public static int width(String text) {
        int width = 0;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            width += width(point);
            i += Character.charCount(point);
        }
        return width;
    }

    /** As much of the start of a printable text as fits into so many columns; at least one character of it. */
    public static String cut(String text, int columns) {
        int width = 0;
        int end = 0;
        while (end < text.length()) {
            int point = text.codePointAt(end);
            width += width(point);
            if (width > columns && end > 0) {
                break;
            }
            end += Character.charCount(point);
        }
        return text.substring(0, end);
    }

    /** Combining marks take no column; ideographs, Hangul, full-width forms and emoji take two. */
    private static int width(int point) {
        if (point < 0x300) {
            return 1;
        }
        int type = Character.getType(point);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        boolean wide = (point >= 0x1100 && point <= 0x115F)
                || (point >= 0x2E80 && point <= 0xA4CF)
                || (point >= 0xAC00 && point <= 0xD7A3)
                || (point >= 0xF900 && point <= 0xFAFF)
                || (point >= 0xFE30 && point <= 0xFE6F)
                || (point >= 0xFF00 && point <= 0xFF60)
                || (point >= 0xFFE0 && point <= 0xFFE6)
                || (point >= 0x1F300 && point <= 0x1FAFF)
                || (point >= 0x20000 && point <= 0x3FFFD);
        return wide ? 2 : 1;
    }
}

package io.smi.core.process;

import org.jspecify.annotations.Nullable;

/** A command line as it may be told: arguments joined by spaces, harmless to a terminal, of a bounded length. */
public final class CommandLine {
    /** Longest text in UTF-16 units; longer ones end in {@value #CUT}. */
    static final int LONGEST = 4096;

    /** How much of one is looked at: some have megabytes, and what is replaced by less makes room for more. */
    static final int ENOUGH = 4 * LONGEST;

    private static final String CUT = "...";

    private CommandLine() {}

    /**
     * The command line.
     *
     * @param raw arguments with a NUL behind each; a program that writes its own title there leaves one text, and NULs
     *     of more than {@value #ENOUGH} characters the rest is left out
     * @return null when there is none, as of a zombie
     */
    public static @Nullable String of(String raw, CmdlineMode mode) {
        int end = Math.min(raw.length(), ENOUGH);
        boolean more = end == ENOUGH;
        while (end > 0 && raw.charAt(end - 1) == '\0') {
            end--;
        }
        if (end == 0 || mode == CmdlineMode.NONE) {
            return null;
        }
        String arguments = raw.substring(0, end);
        String told = mode == CmdlineMode.FULL ? arguments : Redactor.redact(arguments);
        return cut(printable(more ? told + CUT : told));
    }

    /**
     * The text with a space for each NUL, line break and tab, and a question mark for every other character that can
     * move a cursor, colour a terminal or turn the direction of writing.
     */
    static String printable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isPrintable(text.charAt(i))) {
                return replaced(text, i);
            }
        }
        return text;
    }

    private static String replaced(String text, int from) {
        StringBuilder printable = new StringBuilder(text);
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isPrintable(c)) {
                printable.setCharAt(i, c == '\0' || c == '\n' || c == '\r' || c == '\t' ? ' ' : '?');
            }
        }
        return printable.toString();
    }

    private static boolean isPrintable(char c) {
        if (c < 0x7f) {
            return c >= ' ';
        }
        int type = Character.getType(c);
        return type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR;
    }

    private static String cut(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        int end = LONGEST - CUT.length();
        boolean splitsPair = Character.isHighSurrogate(text.charAt(end - 1));
        return text.substring(0, splitsPair ? end - 1 : end) + CUT;
    }
}

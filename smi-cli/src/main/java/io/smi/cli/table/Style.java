package io.smi.cli.table;

/**
 * What the terminal can show.
 *
 * @param colours whether ANSI colours are wanted
 * @param unicode whether block characters and the degree sign can be printed
 */
public record Style(boolean colours, boolean unicode) {
    /** As the locale says, which the launcher looked at: anything but UTF-8 gets plain ASCII. */
    public static Style of(boolean colours) {
        return new Style(colours, Boolean.getBoolean("smi.utf8"));
    }
}

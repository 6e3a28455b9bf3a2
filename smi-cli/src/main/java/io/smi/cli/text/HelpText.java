package io.smi.cli.text;

/** What the descriptions of commands and options say, elsewhere than in their help. */
public final class HelpText {
    private HelpText() {}

    /** On one line, and without what picocli means by percent signs. */
    public static String plain(String... description) {
        return String.join(" ", description).replace("%n", " ").replace("%%", "%");
    }
}

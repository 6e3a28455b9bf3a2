package io.smi.cli.man;

/** Text in the language of manual pages. */
final class Roff {
    private static final int LINE = 78;

    private final StringBuilder text = new StringBuilder();

    /** A request, such as a heading, with its arguments, which are plain and have no quotes. */
    Roff request(String name, String... arguments) {
        text.append('.').append(name);
        for (String argument : arguments) {
            text.append(" \"").append(argument).append('"');
        }
        text.append('\n');
        return this;
    }

    /** A line of text; which may have words that are {@link #bold} or {@link #italic}. */
    Roff line(String line) {
        text.append(line.startsWith(".") || line.startsWith("'") ? "\\&" : "")
                .append(line)
                .append('\n');
        return this;
    }

    /** A paragraph of plain text, in lines as short as manual pages have them. */
    Roff paragraph(String plain) {
        StringBuilder line = new StringBuilder();
        for (String word : escaped(plain.strip()).split(" +", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > LINE) {
                line(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        return line(line.toString());
    }

    static String bold(String word) {
        return "\\fB" + escaped(word) + "\\fR";
    }

    static String italic(String word) {
        return "\\fI" + escaped(word) + "\\fR";
    }

    /** A minus, else it would become a hyphen that nobody can paste into a shell; nor may quotes become curly. */
    static String escaped(String plain) {
        return plain.replace("\\", "\\e")
                .replace("-", "\\-")
                .replace("'", "\\(aq")
                .replace("`", "\\(ga")
                .replace("^", "\\(ha")
                .replace("~", "\\(ti");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}

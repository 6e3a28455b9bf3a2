package io.smi.core.process;

/**
 * Finds secrets inside one argument. No search looks further ahead or back than {@value #REACH} characters from a place
 * where it begins anew, so that nobody can keep the reader busy with a command line.
 */
final class SecretFinder {
    private static final int REACH = 1024;

    private static final char NO_QUOTE = '\0';

    /** Shorter user names in addresses are names, longer ones are tokens. */
    private static final int LONG_USER = 20;

    private final String text;
    private final boolean script;
    private final int firstSpace;
    private int start;
    private int end;
    private int counted;
    private char openQuote = NO_QUOTE;

    /**
     * For this argument.
     *
     * @param script whether its words are a command line again, and no value reaches over a space without quotes
     */
    SecretFinder(String text, boolean script) {
        this.text = text;
        this.script = script;
        this.firstSpace = wordEnd(0);
    }

    int length() {
        return text.length();
    }

    String text(int from, int to) {
        return text.substring(from, to);
    }

    /** Whether here is neither a space nor a quote. */
    boolean isWord(int at) {
        char c = text.charAt(at);
        return !Character.isWhitespace(c) && !isQuote(c);
    }

    /** The next space. */
    int wordEnd(int from) {
        int at = from;
        while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** Where what was found begins. */
    int start() {
        return start;
    }

    /** Where what was found ends. */
    int end() {
        return end;
    }

    /** Finds the first secret that begins in this part of the argument. */
    boolean find(int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c == '=' || c == ':') {
                if (findValue(i) || (c == ':' && (findInUrl(i, to) || findBeforeHost(from, i, to)))) {
                    return true;
                }
            } else if (findToken(i)) {
                return true;
            }
        }
        return false;
    }

    /** The password of {@code user:password}; a pair of numbers is a user and a group, and a URL is neither. */
    boolean findPassword(int from, int to) {
        int colon = from;
        while (colon < to && text.charAt(colon) != ':' && text.charAt(colon) != '%') {
            colon++;
        }
        if (colon + 1 >= to || text.startsWith("://", colon)) {
            return false;
        }
        int last = valueEnd(from > 0 && isQuote(text.charAt(from - 1)) ? from : colon + 1);
        return !(isNumber(from, colon) && isNumber(colon + 1, last)) && found(colon + 1, last);
    }

    /** Whether the word ends in such as {@code Authorization:}, so that what follows is the secret. */
    boolean endsWithSecretName(int from, int to) {
        int first = Math.max(from, to - REACH);
        String name = text.charAt(to - 1) == ':' ? text.substring(first, to) : "";
        return name.lastIndexOf('/') <= 0 && SecretNames.isSecret(name);
    }

    /** The end of a value that begins here: its closing quote, else the end of the argument, or of a script's word. */
    int valueEnd(int from) {
        if (from > 0 && isQuote(text.charAt(from - 1))) {
            return closing(text.charAt(from - 1), from);
        }
        if (from < text.length() && isQuote(text.charAt(from))) {
            return closing(text.charAt(from), from + 1);
        }
        return script ? plainEnd(from, false) : text.length();
    }

    /** The value behind this {@code =} or {@code :}, if the name before it is a secret's. */
    private boolean findValue(int separator) {
        int first = Math.max(0, separator - REACH);
        int nameEnd = separator;
        while (nameEnd > first && isBetween(text.charAt(nameEnd - 1))) {
            nameEnd--;
        }
        int name = nameEnd;
        while (name > first && isNamePart(text.charAt(name - 1))) {
            name--;
        }
        String said = text.substring(text.startsWith("-D", name) ? Math.min(name + 2, nameEnd) : name, nameEnd);
        if (text.charAt(separator) == ':' && !mayNameByColon(said, name, nameEnd, separator)) {
            return false;
        }
        if (said.equals("user") || said.equals("username")) {
            return findShare(name, separator + 1);
        }
        return SecretNames.isSecret(said) && found(valueStart(name, nameEnd, separator), end);
    }

    /**
     * Whether this colon stands between a name and its value, rather than in a path ({@code /a:/b}), an image
     * ({@code auth:1.2}) or the name of something in a program ({@code auth:app}, {@code auth::app}): a space follows
     * it, or the name is an option, a header or in quotes.
     */
    private boolean mayNameByColon(String said, int name, int nameEnd, int colon) {
        char next = colon + 1 < text.length() ? text.charAt(colon + 1) : ' ';
        char before = name > 0 ? text.charAt(name - 1) : ' ';
        if (before == '/') {
            return next != '/' && next != ':' && (name == 1 || Character.isWhitespace(text.charAt(name - 2)));
        }
        if (said.isEmpty() || next == ':') {
            return false;
        }
        return Character.isWhitespace(next)
                || isQuote(text.charAt(colon - 1))
                || text.charAt(name) == '-'
                || isHeader(text.substring(name, nameEnd));
    }

    private static boolean isHeader(String name) {
        return Character.isUpperCase(name.charAt(0)) || name.startsWith("x-") || name.endsWith("authorization");
    }

    /** The password of {@code user=bob%hunter2}, an option of a network share; not of an address, where it is a code. */
    private boolean findShare(int name, int user) {
        if (name > 0 && "?&".indexOf(text.charAt(name - 1)) >= 0) {
            return false;
        }
        int end = user;
        int percent = -1;
        int limit = Math.min(text.length(), user + REACH);
        while (end < limit && text.charAt(end) != ',' && isWord(end)) {
            char c = text.charAt(end);
            if (percent < 0 && (c == '=' || (c == '%' && end == user))) {
                return false;
            }
            percent = percent < 0 && c == '%' ? end : percent;
            end++;
        }
        return percent > user && found(percent + 1, end);
    }

    /** Where the value begins; notes where it ends. */
    private int valueStart(int name, int nameEnd, int separator) {
        int value = separator + 1;
        if (nameEnd == separator && name > 0 && isQuote(text.charAt(name - 1))) {
            end = closing(text.charAt(name - 1), value);
            return skip(value, ' ');
        }
        if (!script && name == 0) {
            end = text.length();
            return skip(value, ' ');
        }
        boolean spaces = !script && name < firstSpace && text.charAt(0) == '-';
        value = spaces || nameEnd < separator ? skip(value, ' ') : value;
        int quote = skip(value, '\\');
        if (quote < text.length() && isQuote(text.charAt(quote))) {
            end = closing(text.charAt(quote), quote + 1);
            return quote + 1;
        }
        end = plainEnd(value, spaces);
        return value;
    }

    /** The password of a URL, or the user if that is a token. */
    private boolean findInUrl(int colon, int to) {
        if (!text.startsWith("://", colon)) {
            return false;
        }
        int user = colon + 3;
        int limit = Math.min(to, user + REACH);
        int path = user;
        while (path < limit && "/?#".indexOf(text.charAt(path)) < 0) {
            path++;
        }
        int password = text.indexOf(':', user, path) + 1;
        int host = lastAt(user, path);
        if (host < 0 && password > 0 && text.charAt(user) != '[' && !isNumber(password, path)) {
            host = lastAt(path, limit);
            if (host < 0 && limit < to) {
                return found(password, to);
            }
        }
        if (host < 0) {
            return false;
        }
        if (password > 0 && password <= host) {
            return found(password, host);
        }
        return host - user >= LONG_USER && found(user, host);
    }

    /** The password of {@code user:password@host}, not of a URL; {@code image:tag@sha256:...} is none. */
    private boolean findBeforeHost(int from, int colon, int to) {
        if (colon == from || colon - from > LONG_USER || text.startsWith("/", colon + 1)) {
            return false;
        }
        for (int i = from; i < colon; i++) {
            if (!isNamePart(text.charAt(i))) {
                return false;
            }
        }
        int host = text.indexOf('@', colon + 1, Math.max(colon + 1, Math.min(to, colon + REACH)));
        return host > 0 && !text.startsWith("sha256:", host + 1) && found(colon + 1, host);
    }

    /** What is a token by its own look. */
    private boolean findToken(int at) {
        return found(at, Tokens.end(text, at));
    }

    private boolean found(int from, int to) {
        start = from;
        end = to;
        return to > from;
    }

    private int closing(char quote, int from) {
        int close = text.indexOf(quote, from);
        return close < 0 ? text.length() : close;
    }

    /**
     * A value that does not begin with a quote ends with the quotes around it, at the next parameter, and perhaps at a
     * space; but not at quotes that begin in it.
     */
    private int plainEnd(int from, boolean spaces) {
        char around = quoteAround(from);
        int at = from;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == around || c == '&' || c == ';' || (Character.isWhitespace(c) && !spaces)) {
                return at;
            }
            at = isQuote(c) && around == NO_QUOTE ? Math.min(closing(c, at + 1) + 1, text.length()) : at + 1;
        }
        return at;
    }

    /** The quote that is open here. Goes on where it ended last time, as values are found one behind the other. */
    private char quoteAround(int at) {
        while (counted < at) {
            char c = text.charAt(counted++);
            if (openQuote == NO_QUOTE && isQuote(c)) {
                openQuote = c;
            } else if (openQuote == c) {
                openQuote = NO_QUOTE;
            }
        }
        return openQuote;
    }

    private int skip(int from, char c) {
        int at = from;
        while (at < text.length() && text.charAt(at) == c) {
            at++;
        }
        return at;
    }

    private int lastAt(int from, int to) {
        int at = to - 1;
        while (at >= from && text.charAt(at) != '@') {
            at--;
        }
        return at < from ? -1 : at;
    }

    private boolean isNumber(int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static boolean isQuote(char c) {
        return c == '"' || c == '\'' || c == '`';
    }

    /** What may stand between a name and its separator. */
    private static boolean isBetween(char c) {
        return isQuote(c) || c == '\\' || c == ' ';
    }

    private static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.';
    }
}

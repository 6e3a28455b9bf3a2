package io.smi.core.process;

import java.util.Locale;
import java.util.Set;

/**
 * Replaces the secrets of one command line by {@code ***}: values of options, variables, headers and parameters with a
 * secret's name, passwords in addresses, and words that look like a token. In doubt it replaces too much.
 *
 * <p>An argument that is the value of a secret's name goes as a whole, spaces and all. Within a script ({@code sh -c})
 * and in a title that a program wrote over its arguments, a value ends at a space or at its closing quote.
 */
final class Redactor {
    private static final String MASK = "***";

    /** Words of a script or of a statement within an argument that a secret follows. */
    private static final Set<String> NAMES = Set.of("identified", "passphrase", "passwd", "password");

    /** What stands between the name of a header, or one of these words, and the secret. */
    private static final Set<String> SCHEMES =
            Set.of("=", ":", "apikey", "basic", "bearer", "by", "digest", "negotiate", "token");

    /** What the word to come is. */
    private enum Next {
        ANYTHING,
        SECRET,
        SECRET_FOR_SURE,
        USER
    }

    private final StringBuilder out = new StringBuilder();
    private Next next = Next.ANYTHING;
    private final KnownPrograms programs = new KnownPrograms();
    private SecretFinder argument = new SecretFinder("", false);

    private Redactor() {}

    /** The arguments, NULs between them, without their secrets; no further than anyone will see them. */
    static String redact(String arguments) {
        Redactor redactor = new Redactor();
        boolean script = arguments.indexOf('\0') < 0;
        int start = 0;
        while (start <= arguments.length() && redactor.out.length() <= CommandLine.LONGEST) {
            int nul = arguments.indexOf('\0', start);
            int end = nul < 0 ? arguments.length() : nul;
            String argument = arguments.substring(start, end);
            redactor.out.append(start == 0 ? "" : "\0");
            redactor.argument(argument, script);
            script = isScriptOption(argument);
            start = end + 1;
        }
        return redactor.out.toString();
    }

    /** Such as {@code -c} and {@code -lc}. */
    private static boolean isScriptOption(String argument) {
        return argument.length() <= 4 && argument.startsWith("-") && argument.endsWith("c");
    }

    private void argument(String text, boolean script) {
        if (isSecretNext() && !isNoSecret(text, next) && !isScheme(text)) {
            next = Next.ANYTHING;
            out.append(text.isEmpty() ? "" : MASK);
            return;
        }
        int privateKey = text.indexOf("PRIVATE KEY");
        argument = new SecretFinder(privateKey < 0 ? text : text.substring(0, privateKey), script);
        int at = 0;
        while (at < argument.length() && out.length() <= CommandLine.LONGEST) {
            at = argument.isWord(at) ? word(at, argument.wordEnd(at)) : copy(at, at + 1);
        }
        out.append(privateKey < 0 ? "" : MASK);
    }

    /** Goes past the word, and past a value that begins in it and goes on behind it. */
    private int word(int start, int end) {
        String word = argument.text(start, end);
        Next expected = next;
        if (isSecretNext()) {
            if (isScheme(word)) {
                return copy(start, end);
            }
            next = Next.ANYTHING;
            if (!isNoSecret(word, expected)) {
                return mask(start, start, argument.valueEnd(start));
            }
        }
        next = Next.ANYTHING;
        if (expected == Next.USER && argument.findPassword(start, end)) {
            return mask(start, argument.start(), argument.end());
        }
        if (word.charAt(0) == '-' || word.charAt(0) == '/') {
            int password = programs.password(word);
            if (password > 0) {
                return passwordOption(start, end, start + password);
            }
        }
        if (word.charAt(0) == '-') {
            return option(word, start, end);
        }
        if (isName(word, start)) {
            next = Next.SECRET;
        }
        programs.see(word);
        return inside(start, end);
    }

    private boolean isSecretNext() {
        return next == Next.SECRET || next == Next.SECRET_FOR_SURE;
    }

    /** Whether a secret follows, which needs no option. */
    private boolean isName(String word, int start) {
        return word.equalsIgnoreCase("bearer")
                || (start > 0 && word.length() <= 10 && NAMES.contains(word.toLowerCase(Locale.ROOT)))
                || programs.isSetting(word);
    }

    private int passwordOption(int start, int end, int password) {
        if (password < end) {
            return mask(start, password, argument.valueEnd(password));
        }
        next = Next.SECRET;
        return copy(start, end);
    }

    private int option(String word, int start, int end) {
        int user = programs.user(word);
        if (user > 0 && start + user < end) {
            if (argument.findPassword(start + user, end)) {
                return mask(start, argument.start(), argument.end());
            }
        } else if (user > 0) {
            next = Next.USER;
        } else if (word.indexOf('=') < 0 && word.indexOf(':') < 0 && SecretNames.isSecret(word)) {
            next = programs.isPasswordNext(word) ? Next.SECRET_FOR_SURE : Next.SECRET;
        }
        return inside(start, end);
    }

    /** Masks what is secret inside a word. */
    private int inside(int start, int end) {
        int at = start;
        while (at < end && argument.find(at, end)) {
            at = mask(at, argument.start(), argument.end());
        }
        if (at == start && end > start && argument.endsWithSecretName(start, end)) {
            next = Next.SECRET;
        }
        return at < end ? copy(at, end) : at;
    }

    private int copy(int from, int to) {
        out.append(argument.text(from, to));
        return to;
    }

    /** Copies up to the secret, and goes past it. */
    private int mask(int from, int secret, int end) {
        copy(from, secret);
        out.append(MASK);
        return end;
    }

    /** Rather the next option than a value ({@code -x}, {@code --xyz}), or a switch or a count ({@code -pass 1}). */
    private static boolean isNoSecret(String word, Next expected) {
        if (word.length() == 1) {
            return Character.isDigit(word.charAt(0));
        }
        return word.startsWith("-")
                && (word.length() == 2 || (word.startsWith("--") && expected != Next.SECRET_FOR_SURE));
    }

    private static boolean isScheme(String word) {
        return word.length() <= 9 && SCHEMES.contains(word.toLowerCase(Locale.ROOT));
    }
}

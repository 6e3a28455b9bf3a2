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

    private static final char NO_LETTER = '\0';

    /** Options whose value is a user, and after a colon a password (curl, wget). */
    private static final Set<String> USER_OPTIONS = Set.of("-u", "-U", "--user", "--proxy-user");

    /** What stands between the name of a header and the secret. */
    private static final Set<String> SCHEMES =
            Set.of("=", ":", "apikey", "basic", "bearer", "digest", "negotiate", "token");

    /** What the word to come is. */
    private enum Next {
        ANYTHING,
        SECRET,
        USER
    }

    private final StringBuilder out = new StringBuilder();
    private Next next = Next.ANYTHING;
    private char letter = NO_LETTER;
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
        if (next == Next.SECRET && !isOption(text) && !isScheme(text)) {
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
        if (expected == Next.SECRET) {
            if (isScheme(word)) {
                return copy(start, end);
            }
            next = Next.ANYTHING;
            if (!isOption(word)) {
                return mask(start, start, argument.valueEnd(start));
            }
        }
        next = Next.ANYTHING;
        if (expected == Next.USER && argument.findPassword(start, end)) {
            return mask(start, argument.start(), argument.end());
        }
        if (word.charAt(0) == '-') {
            return option(word, start, end);
        }
        if (word.equalsIgnoreCase("bearer") || (start > 0 && word.equalsIgnoreCase("password"))) {
            next = Next.SECRET;
        }
        letter = letter(word.substring(word.lastIndexOf('/') + 1), letter);
        return inside(start, end);
    }

    /** The short option that a password follows, with or without a space, in the command line of this program. */
    private static char letter(String program, char otherwise) {
        return switch (program) {
            case "7z", "login", "mariadb", "mariadb-dump", "mongo", "mongodump", "mongoexport", "mongoimport" -> 'p';
            case "mongorestore", "mongosh", "mysql", "mysqladmin", "mysqldump", "mysqlimport", "sshpass" -> 'p';
            case "bcp", "ipmitool", "sqlcmd", "unzip", "zip" -> 'P';
            case "ldapadd", "ldapdelete", "ldapmodify", "ldapsearch", "ldapwhoami" -> 'w';
            case "redis-cli", "valkey-cli" -> 'a';
            default -> otherwise;
        };
    }

    private int option(String word, int start, int end) {
        if (letter != NO_LETTER && word.length() > 1 && word.charAt(1) == letter) {
            letter = NO_LETTER;
            if (word.length() > 2) {
                return mask(start, start + 2, argument.valueEnd(start + 2));
            }
            next = Next.SECRET;
        } else if (USER_OPTIONS.contains(word)) {
            next = Next.USER;
        } else if (word.indexOf('=') < 0 && word.indexOf(':') < 0 && SecretNames.isSecret(word)) {
            next = Next.SECRET;
        } else if (word.startsWith("-u") && argument.findPassword(start, end)) {
            return mask(start, argument.start(), argument.end());
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

    /** Rather the next option than a value: {@code -x}, {@code --xyz}. */
    private static boolean isOption(String word) {
        return word.startsWith("-") && (word.length() == 2 || word.startsWith("--"));
    }

    private static boolean isScheme(String word) {
        return word.length() <= 9 && SCHEMES.contains(word.toLowerCase(Locale.ROOT));
    }
}

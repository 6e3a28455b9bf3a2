package io.smi.core.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Whether the name of an option, a variable, a header or a parameter says that its value is a secret. The name is taken
 * apart into its words first ({@code --db-password}, {@code DB_PASSWORD}, {@code dbPassword}), so that an author is no
 * auth and a tokenizer no token. In doubt it is one.
 */
final class SecretNames {
    /** Secret as a part of any word. */
    private static final String[] ANYWHERE = {
        "password", "passwd", "passphrase", "passcode", "secret", "credential", "apikey", "accesskey", "privatekey"
    };

    /** Secret as a whole word. */
    private static final Set<String> WORDS = Set.of(
            "authkey", "bearer", "cookies", "creds", "jwt", "otp", "passin", "passout", "psk", "sig", "signature");

    /** Secret at the end of a word, as in storepass, userpwd, masterauth, and in curl's -HCookie. */
    private static final String[] ENDINGS = {"auth", "authorization", "cookie", "pass", "pwd", "token"};

    private static final Set<String> NO_PASSWORDS = Set.of("bypass", "compass", "oldpwd");

    /** What makes a secret of the words key and tokens behind it. */
    private static final Set<String> KEYS = Set.of(
            "access",
            "account",
            "api",
            "app",
            "auth",
            "encryption",
            "license",
            "master",
            "private",
            "service",
            "session",
            "shared",
            "signing",
            "storage",
            "subscription");

    /** At the front they make a switch or a limit of it, such as {@code --no-password}, {@code --max-tokens}. */
    private static final Set<String> HARMLESS_FIRST = Set.of("ask", "disable", "max", "min", "no", "num", "without");

    /** At the end they make something about the secret of it, such as {@code --password-file}. */
    private static final Set<String> HARMLESS_LAST = Set.of(
            "dir",
            "endpoint",
            "file",
            "files",
            "helper",
            "jar",
            "length",
            "limit",
            "method",
            "mode",
            "name",
            "path",
            "plugin",
            "policy",
            "prompt",
            "provider",
            "sock",
            "stdin",
            "store",
            "timeout",
            "ttl",
            "type",
            "uri",
            "url");

    private SecretNames() {}

    static boolean isSecret(String name) {
        List<String> words = words(name);
        if (words.isEmpty()
                || HARMLESS_FIRST.contains(words.get(0))
                || HARMLESS_LAST.contains(words.get(words.size() - 1))) {
            return false;
        }
        for (int i = 0; i < words.size(); i++) {
            if (isSecretWord(words.get(i)) || isKey(words, i)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isKey(List<String> words, int at) {
        String word = words.get(at);
        return at > 0 && (word.equals("key") || word.equals("tokens")) && KEYS.contains(words.get(at - 1));
    }

    private static boolean isSecretWord(String word) {
        for (String part : ANYWHERE) {
            if (word.contains(part)) {
                return true;
            }
        }
        for (String ending : ENDINGS) {
            if (word.endsWith(ending)) {
                return !NO_PASSWORDS.contains(word);
            }
        }
        return WORDS.contains(word);
    }

    /** In lower case; whatever is no letter parts them, digits too, and so does a capital behind a small letter. */
    private static List<String> words(String name) {
        List<String> words = new ArrayList<>(4);
        int start = 0;
        for (int i = 0; i <= name.length(); i++) {
            boolean letter = i < name.length() && Character.isLetter(name.charAt(i));
            boolean hump = letter
                    && i > start
                    && Character.isUpperCase(name.charAt(i))
                    && Character.isLowerCase(name.charAt(i - 1));
            if (!letter || hump) {
                if (i > start) {
                    words.add(name.substring(start, i).toLowerCase(Locale.ROOT));
                }
                start = hump ? i : i + 1;
            }
        }
        return words;
    }
}

package io.smi.core.process;

/**
 * What a command line's programs mean by options and words that mean something else to others. A program is known by
 * its name, wherever that stands ({@code sudo mysql}, {@code docker exec db mysql}), and for all that follows.
 */
final class KnownPrograms {
    /** Options of curl without a value, which may stand before one with a value: {@code -su bob:hunter2}. */
    private static final String SWITCHES = "#0123456BIJLNORSZafgiGjklnpqsv";

    private String password = "";
    private boolean users;
    private boolean settings;
    private boolean prompts;

    /** Takes notice of a word, which may be the path of a program. */
    void see(String word) {
        int start = word.length();
        while (start > 0 && "/(;|&$".indexOf(word.charAt(start - 1)) < 0) {
            start--;
        }
        String program = word.substring(start);
        password = password(program, password);
        users |= takesUsers(program);
        settings |= program.equals("nmcli") || program.equals("configure");
        prompts |= isOneOf(program, "mysql", "mariadb", "mariadb-", "psql", "pg_");
    }

    /** The option that a password follows. */
    private static String password(String program, String otherwise) {
        return switch (program) {
            case "login", "mongo", "mongodump", "mongoexport", "mongoimport", "mongorestore", "mongosh" -> "p";
            case "racadm", "sshpass", "wlfreerdp", "xfreerdp" -> "p";
            case "bcp", "ipmitool", "sqlcmd", "unzip", "zip" -> "P";
            case "plink", "pscp", "psftp" -> "pw";
            case "redis-cli", "valkey-cli" -> "a";
            default -> {
                if (isOneOf(program, "7z", "mariadb", "mariadb-", "mysql")) {
                    yield "p";
                }
                if (program.length() > "ldaps".length() && isOneOf(program, "ldap")) {
                    yield "w";
                }
                yield program.startsWith("mosquitto_") ? "P" : otherwise;
            }
        };
    }

    private static boolean takesUsers(String program) {
        return switch (program) {
            case "curl", "http", "https", "rpcclient", "wget", "xh" -> true;
            default -> program.startsWith("smb");
        };
    }

    /** Whether the name is that of a family and perhaps letters: no host ({@code ldap.example.com}), no image. */
    private static boolean isOneOf(String program, String... families) {
        for (String family : families) {
            if (program.startsWith(family) && isLetters(program, family.length())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isLetters(String program, int from) {
        for (int i = from; i < program.length(); i++) {
            if (!Character.isLetter(program.charAt(i)) && program.charAt(i) != '_') {
                return false;
            }
        }
        return true;
    }

    /**
     * Where in this option its password would begin, which is its end when the password is the next word; 0 when it is
     * another option. Only the first such option counts: what follows it may be another program's.
     */
    int password(String option) {
        int end = 1 + password.length();
        boolean matches = end > 1 && option.startsWith(password, 1);
        boolean slash = matches && option.startsWith("/") && option.startsWith(":", end);
        if (!slash && !(matches && option.startsWith("-") && (end == 2 || option.length() == end))) {
            return 0;
        }
        password = "";
        return slash ? end + 1 : end;
    }

    /** Where in this option its user and password would begin, its end when they are the next word; 0 in others. */
    int user(String option) {
        if (option.startsWith("--")) {
            return userAfter(option, "--proxy-user", true) + userAfter(option, "--user", users);
        }
        int at = 1;
        while (users && at < option.length()) {
            char c = option.charAt(at++);
            if (c == 'u' || c == 'U') {
                return at;
            }
            if (SWITCHES.indexOf(c) < 0) {
                return 0;
            }
        }
        return 0;
    }

    private static int userAfter(String option, String name, boolean applies) {
        if (!applies || !option.startsWith(name)) {
            return 0;
        }
        int end = name.length();
        return option.length() == end ? end : option.charAt(end) == '=' ? end + 1 : 0;
    }

    /** Whether this word is the name of a secret, which then is the next word: {@code nmcli ... wifi-sec.psk hunter2}. */
    boolean isSetting(String word) {
        String name = word.substring(word.lastIndexOf('.') + 1);
        return settings && name.indexOf('-') < 0 && SecretNames.isSecret(name);
    }

    /** Whether behind {@code --password} comes a password and nothing else: the databases' clients ask for it then. */
    boolean isPasswordNext(String option) {
        return !prompts && (option.endsWith("password") || option.endsWith("passphrase") || option.endsWith("secret"));
    }
}

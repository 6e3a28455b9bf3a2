package io.smi.cli.doctor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes out of texts what tells whose machine it is: each name or number becomes a word of its kind, the same one wherever
 * it stands, so that the texts can still be read side by side.
 */
final class Scrubber {
    private static final Pattern SECRET_VARIABLE =
            Pattern.compile("TOKEN|SECRET|PASSW|PWD$|PASSPHRASE|CREDENTIAL|KEY|AUTH|COOKIE|SESSION");
    private static final Pattern URL_USER = Pattern.compile("(?<=://)[^/\\s\"@]+(?=@)");
    private static final Pattern SECRET = Pattern.compile(
            "(?i)(?<=(?:password|passwd|passphrase|secret|token|api[-_]?key|bearer)\"?\\s{0,4}[=: ]\\s{0,4}\"?)[^\\s\",;]{4,}");
    private static final Pattern MAIL = Pattern.compile("[\\w.+-]+@[\\w.-]+");
    private static final Pattern SERIAL = Pattern.compile(
            "(?i)(?<=serial[a-z_]{0,16}\"\\s{0,8}:\\s{0,8}\")[^\"]+|(?<=serial\\s{0,32}:\\s{0,8})[^\\s\"]+$",
            Pattern.MULTILINE);
    private static final Pattern UUID =
            Pattern.compile("(?i)(?<![0-9a-f])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-f])");
    private static final Pattern MAC =
            Pattern.compile("(?i)(?<![0-9a-f:-])(?:[0-9a-f]{2}[:-]){5,19}[0-9a-f]{2}(?![0-9a-f:-])");
    private static final Pattern IPV6 = Pattern.compile("(?<![0-9A-Za-z:.])(?:[0-9a-fA-F]{0,4}:){2,7}"
            + "(?:\\d{1,3}(?:\\.\\d{1,3}){3}|[0-9a-fA-F]{0,4})(?![0-9A-Za-z:])");
    private static final Pattern IPV4 = Pattern.compile("(?<![0-9.])\\d{1,3}(?:\\.\\d{1,3}){3}(?![0-9.])");
    private static final Pattern HOME = Pattern.compile("(?<=/home/)[^/\\s\":]+");

    private final Map<String, String> words = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private final List<Rule> rules = new ArrayList<>();

    private record Rule(Pattern pattern, Function<MatchResult, String> word) {}

    /**
     * A scrubber of one machine.
     *
     * @param hosts its names
     * @param users names of people
     * @param homes their folders
     * @param serials numbers of its parts
     * @param environment variables; the values of those whose names are of secrets are secrets wherever they stand
     */
    Scrubber(
            List<String> hosts,
            List<String> users,
            List<String> homes,
            List<String> serials,
            Map<String, String> environment) {
        environment.entrySet().stream()
                .filter(variable ->
                        isSecret(variable.getKey()) && variable.getValue().length() >= 4)
                .map(Map.Entry::getValue)
                .sorted(Comparator.comparingInt(String::length).reversed())
                .forEach(value -> add(Pattern.compile(Pattern.quote(value)), "secret"));
        serials.forEach(serial -> add(whole(serial), "serial"));
        add(URL_USER, "secret");
        add(SECRET, "secret");
        add(MAIL, "mail");
        add(SERIAL, "serial");
        add(UUID, "uuid");
        add(MAC, "mac");
        rules.add(new Rule(IPV6, found -> isIpv6(found.group()) ? word("ipv6", found.group()) : found.group()));
        rules.add(new Rule(IPV4, found -> isLocal(found.group()) ? found.group() : word("ipv4", found.group())));
        homes.forEach(home -> add(Pattern.compile(Pattern.quote(home) + "(?![\\w-])"), "home"));
        add(HOME, "user");
        hosts.forEach(host -> add(whole(host), "host"));
        users.forEach(user -> add(whole(user), "user"));
    }

    /** The values of keys that are called serial. */
    static List<String> serials(String json) {
        return SERIAL.matcher(json).results().map(MatchResult::group).distinct().toList();
    }

    private static boolean isSecret(String variable) {
        return SECRET_VARIABLE.matcher(variable.toUpperCase(Locale.ROOT)).find();
    }

    private static Pattern whole(String name) {
        return Pattern.compile("(?i)(?<![\\w-])" + Pattern.quote(name) + "(?![\\w-])");
    }

    private void add(Pattern pattern, String kind) {
        rules.add(new Rule(pattern, found -> word(kind, found.group())));
    }

    /** Words are left alone by later rules, and so is what was scrubbed before. */
    private String word(String kind, String found) {
        return words.computeIfAbsent(
                kind + " " + found.toLowerCase(Locale.ROOT),
                none -> "[" + kind + "-" + counts.merge(kind, 1, Integer::sum) + "]");
    }

    private static boolean isIpv6(String text) {
        boolean whole = text.chars().filter(c -> c == ':').count() == 7;
        return (whole || text.contains("::")) && !text.equals("::") && !text.equals("::1");
    }

    private static boolean isLocal(String address) {
        return address.startsWith("127.") || address.equals("0.0.0.0");
    }

    String scrub(String text) {
        String scrubbed = text;
        for (Rule rule : rules) {
            scrubbed = rule.pattern()
                    .matcher(scrubbed)
                    .replaceAll(found -> Matcher.quoteReplacement(rule.word().apply(found)));
        }
        return scrubbed;
    }
}

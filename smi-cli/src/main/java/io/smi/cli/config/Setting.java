package io.smi.cli.config;

import io.smi.cli.text.HelpText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * An option that files and variables may give a value to.
 *
 * @param key {@code interval} of {@code snapshot} is {@code snapshot.interval}; what says where and how this machine is read
 *     is the same for all commands and has no command in its key
 */
public record Setting(String key, OptionSpec option) {
    /** What says what one run does, not how. */
    private static final Set<String> OF_ONE_RUN = Set.of(
            "help",
            "config",
            "output",
            "json",
            "pretty",
            "query",
            "samples",
            "append",
            "force",
            "duration",
            "verify",
            "info",
            "bundle");

    /** The launcher looks for it on the command line, before there is a program that reads files. */
    private static final String READER = "reader";

    private static final Set<String> OF_ONE_RUN_OF_A_COMMAND = Set.of("api.replay", "replay.from", "replay.to");
    private static final Set<String> SHARED = Set.of("cmdline", "path.procfs", "path.sysfs", "path.rootfs");

    /** The settings of a command, in the order of its help. */
    public static List<Setting> of(String command, CommandSpec spec) {
        List<Setting> settings = new ArrayList<>();
        for (OptionSpec option : spec.options()) {
            String name = option.longestName().substring(2);
            String key = SHARED.contains(name) ? name : command + "." + name;
            if (!OF_ONE_RUN.contains(name) && !name.equals(READER) && !OF_ONE_RUN_OF_A_COMMAND.contains(key)) {
                settings.add(new Setting(key, option));
            }
        }
        return settings;
    }

    /** The settings of all commands, each once: by key, those without a command first. */
    public static List<Setting> of(Map<String, CommandSpec> commands) {
        Map<String, Setting> shared = new TreeMap<>();
        Map<String, Setting> others = new LinkedHashMap<>();
        commands.forEach((command, spec) -> {
            for (Setting setting : of(command, spec)) {
                (setting.isShared() ? shared : others).putIfAbsent(setting.key(), setting);
            }
        });
        List<Setting> all = new ArrayList<>(shared.values());
        all.addAll(others.values());
        return all;
    }

    static boolean isShared(String key) {
        return SHARED.contains(key);
    }

    boolean isShared() {
        return isShared(key);
    }

    /** The environment variable: {@code SMI_SNAPSHOT_INTERVAL}. */
    public String variable() {
        return Config.PREFIX + key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** Whether it takes no value on a command line. */
    public boolean isFlag() {
        return option.arity().max() == 0;
    }

    /** Whether it takes several values. */
    public boolean isList() {
        return option.isMultiValue();
    }

    /** What its option's help says of it. */
    public String description() {
        return HelpText.plain(option.description());
    }

    /** What holds without it, as the help says it: after "(default ", or before " (default)". Null where it does not. */
    public @Nullable String defaultText() {
        if (isFlag()) {
            return "false";
        }
        String description = description();
        int begin = description.indexOf("(default ");
        if (begin >= 0) {
            int end = begin += "(default ".length();
            while (end < description.length() && !isEnd(description, end)) {
                end++;
            }
            return description.substring(begin, end);
        }
        int end = description.indexOf(" (default)");
        return end < 0 ? null : description.substring(description.lastIndexOf(' ', end - 1) + 1, end);
    }

    private static boolean isEnd(String text, int at) {
        return text.charAt(at) == ')' || text.charAt(at) == ';' || text.startsWith(", ", at);
    }

    /**
     * What the option would be with this value.
     *
     * @throws ConfigException when it cannot have it; the message names the key and where the value is from
     */
    public Object convert(Origin origin) throws ConfigException {
        if (isFlag()) {
            return switch (origin.text()) {
                case "true" -> true;
                case "false" -> false;
                default -> throw refused(origin, "'" + origin.text() + "' is neither true nor false");
            };
        }
        if (isList()) {
            List<Object> values = new ArrayList<>();
            for (String text : origin.texts()) {
                values.add(convert(origin, text));
            }
            return values;
        }
        if (origin.array() && !option.paramLabel().equals("LIST")) {
            throw refused(origin, "takes one value, not an array");
        }
        return convert(origin, origin.text());
    }

    private Object convert(Origin origin, String text) throws ConfigException {
        try {
            return option.converters()[0].convert(text);
        } catch (Exception e) { // converters are declared to throw any
            throw refused(origin, String.valueOf(e.getMessage()));
        }
    }

    private ConfigException refused(Origin origin, String message) {
        return new ConfigException(origin.where() + ": " + key + ": " + message);
    }
}

package io.smi.cli.config;

import java.io.File;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What files and the environment say, each key of the first that has it. */
public final class Config {
    /** The administrator's. */
    public static final File SYSTEM = new File("/etc/smi/config.toml");

    /** Of every setting's variable. */
    static final String PREFIX = "SMI_";

    private static final String OF_LAUNCHER = "SMI_JAVA_OPTS";

    private final Map<String, String> environment;
    private final Map<String, Origin> values;

    private Config(Map<String, String> environment, Map<String, Origin> values) {
        this.environment = environment;
        this.values = values;
    }

    /**
     * The files that are looked for, the strongest first.
     *
     * @param explicit {@code --config}, which takes the place of all others; null when it was not given
     */
    public static List<File> files(@Nullable String explicit, Map<String, String> environment, File system) {
        String only = explicit(explicit, environment);
        if (only != null) {
            return List.of(new File(only));
        }
        File user = userFile(environment);
        return user == null ? List.of(system) : List.of(user, system);
    }

    /** Whether a file was named, which then must be there. */
    public static boolean isExplicit(@Nullable String option, Map<String, String> environment) {
        return explicit(option, environment) != null;
    }

    /** The only file to be read; null: those in the usual places, where there are any. */
    private static @Nullable String explicit(@Nullable String option, Map<String, String> environment) {
        return option != null ? option : value(environment, "SMI_CONFIG");
    }

    /** Where the user's own file is; null for a user without a home. */
    public static @Nullable File userFile(Map<String, String> environment) {
        String folder = value(environment, "XDG_CONFIG_HOME");
        if (folder == null || !folder.startsWith("/")) {
            String home = value(environment, "HOME");
            folder = home == null || !home.startsWith("/") ? null : home + "/.config";
        }
        return folder == null ? null : new File(folder, "smi/config.toml");
    }

    /** Whether nothing sets anything: most starts need to know no more. */
    public static boolean isNothing(@Nullable String explicit, Map<String, String> environment, File system) {
        for (String variable : environment.keySet()) {
            if (variable.startsWith(PREFIX) && !variable.equals(OF_LAUNCHER)) {
                return false;
            }
        }
        if (explicit != null) {
            return false;
        }
        for (File file : files(null, environment, system)) {
            if (file.exists()) {
                return false;
            }
        }
        return true;
    }

    /**
     * Reads what there is.
     *
     * @throws ConfigException when a file cannot be read or understood, or the explicit one is missing
     */
    public static Config of(@Nullable String explicit, Map<String, String> environment, File system)
            throws ConfigException {
        boolean must = explicit(explicit, environment) != null;
        Map<String, Origin> values = new LinkedHashMap<>();
        for (File file : files(explicit, environment, system)) {
            if (must || file.exists()) {
                read(file).forEach(values::putIfAbsent);
            }
        }
        return new Config(environment, values);
    }

    /** What one file says. */
    public static Config ofFile(File file) throws ConfigException {
        return new Config(Map.of(), read(file));
    }

    /** Everything that is wrong with one file, a line each. */
    public static List<String> faults(File file, List<Setting> all) {
        try {
            return ofFile(file).faults(all);
        } catch (ConfigException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    /** What variables say. */
    public static Config ofEnvironment(Map<String, String> environment) {
        return new Config(environment, Map.of());
    }

    private static Map<String, Origin> read(File file) throws ConfigException {
        try {
            return TomlReader.read(file.toString(), Files.readString(file.toPath()));
        } catch (CharacterCodingException e) {
            throw new ConfigException(file + ": is not UTF-8");
        } catch (IOException e) {
            throw new ConfigException("cannot read " + file + ": " + reason(e));
        }
    }

    private static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException missing -> "no such file";
            case AccessDeniedException denied -> "permission denied";
            default -> String.valueOf(e.getMessage());
        };
    }

    /** What a setting is told to be, and by whom; null for its default. */
    public @Nullable Origin find(Setting setting) {
        String text = value(environment, setting.variable());
        if (text == null) {
            return values.get(setting.key());
        }
        return new Origin(setting.isList() ? List.of(text.split(",", -1)) : List.of(text), false, setting.variable());
    }

    /** A variable that is empty is one that is not set. */
    private static @Nullable String value(Map<String, String> environment, String variable) {
        String value = environment.get(variable);
        return value == null || value.isEmpty() ? null : value;
    }

    /**
     * Gives options the values that the command line left open.
     *
     * @param given whether the command line has this option
     * @param commands all of them
     * @param told warnings of keys that there are not, a line each: of this command's table, and of none
     */
    public void apply(
            String command,
            List<Setting> settings,
            Predicate<Setting> given,
            Supplier<List<String>> commands,
            Consumer<String> told)
            throws ConfigException {
        if (!values.isEmpty()) {
            unknown(settings, command, commands.get()).forEach(told);
        }
        for (Setting setting : settings) {
            Origin origin = given.test(setting) ? null : find(setting);
            if (origin != null) {
                setting.option().setValue(setting.convert(origin));
            }
        }
    }

    /** Keys of other commands are theirs to judge. */
    private List<String> unknown(List<Setting> settings, String command, List<String> commands) {
        List<String> unknown = new ArrayList<>();
        values.forEach((key, origin) -> {
            int dot = key.indexOf('.');
            String table = dot < 0 ? "" : key.substring(0, dot);
            boolean ofOther = !table.equals(command) && commands.contains(table);
            if (!ofOther && !Setting.isShared(key) && !has(settings, key)) {
                unknown.add(unknown(key, origin, settings));
            }
        });
        return unknown;
    }

    /** A line for each key that there is not. */
    public List<String> unknown(List<Setting> all) {
        List<String> unknown = new ArrayList<>();
        values.forEach((key, origin) -> {
            if (!has(all, key)) {
                unknown.add(unknown(key, origin, all));
            }
        });
        return unknown;
    }

    /** Everything that is wrong with it, a line each. */
    public List<String> faults(List<Setting> all) {
        List<String> faults = new ArrayList<>(unknown(all));
        for (Setting setting : all) {
            Origin origin = find(setting);
            if (origin != null) {
                try {
                    setting.convert(origin);
                } catch (ConfigException e) {
                    faults.add(String.valueOf(e.getMessage()));
                }
            }
        }
        return faults;
    }

    private static boolean has(List<Setting> settings, String key) {
        return settings.stream().anyMatch(setting -> setting.key().equals(key));
    }

    private static String unknown(String key, Origin origin, List<Setting> settings) {
        String nearest = "";
        int least = Integer.MAX_VALUE;
        for (Setting setting : settings) {
            int distance = distance(key, setting.key());
            if (distance < least) {
                least = distance;
                nearest = setting.key();
            }
        }
        return origin.where() + ": unknown key '" + key + "', the nearest is '" + nearest + "'";
    }

    /** Characters to put in, take out or exchange. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int change = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}

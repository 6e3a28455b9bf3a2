package io.smi.schema;

import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Makes the tables of {@code docs/schema.md} from the records. */
final class SchemaDocs {
    private final StringBuilder text = new StringBuilder();
    /** Where in the frame each record is found: one place for most, several for those that are shared. */
    private final Map<Class<?>, List<String>> places = new LinkedHashMap<>();

    private SchemaDocs() {
        place(SnapshotFrame.class, "");
    }

    static String generate(String introduction) {
        SchemaDocs docs = new SchemaDocs();
        docs.text.append(introduction.replace("{sections}", sections()));
        docs.places.forEach((record, paths) -> docs.table(record));
        return docs.text.toString();
    }

    private void place(Class<?> record, String path) {
        places.computeIfAbsent(record, none -> new ArrayList<>()).add(path);
        for (FrameKey key : FrameKey.of(record)) {
            Class<?> nested = key.nested();
            if (nested != null) {
                place(nested, (path.isEmpty() ? "" : path + ".") + key.name() + (key.isList() ? "[]" : ""));
            }
        }
    }

    private static String sections() {
        StringBuilder rows = new StringBuilder("| section | key | what | asked for by default |\n|---|---|---|---|\n");
        for (FrameKey key : FrameKey.of(SnapshotFrame.class)) {
            for (Section section : Section.values()) {
                if (section.key().equals(key.name())) {
                    row(
                            rows,
                            code(section.label()),
                            code(key.name()),
                            key.meaning(),
                            Section.DEFAULTS.contains(section) ? "yes" : "");
                }
            }
        }
        return rows.toString().stripTrailing();
    }

    private void table(Class<?> record) {
        List<FrameKey> keys = FrameKey.of(record);
        text.append('\n').append(heading(record)).append("\n\n| key | type | unit | meaning |\n|---|---|---|---|\n");
        if (record == SnapshotFrame.class) {
            row(text, bold(code("schema")), String.valueOf(SnapshotFrame.SCHEMA), "", FrameKey.VERSION_MEANING);
        }
        for (FrameKey key : keys) {
            boolean nullable = key.nullable() && !key.isSection();
            String name = nullable ? code(key.name()) : bold(code(key.name()));
            String unit = key.unit().equals(FrameKey.NO_UNIT) ? "" : key.unit();
            row(text, name, type(key.type()), unit, escape(key.meaning()));
        }
    }

    private String heading(Class<?> record) {
        String path = String.join(", ", places.getOrDefault(record, List.of()));
        if (path.isEmpty()) {
            return "## The keys of a frame";
        }
        return (path.contains(".") ? "### " : "## ") + path;
    }

    private String type(Type type) {
        if (FrameKey.isList(type)) {
            return "list of " + type(FrameKey.element(type));
        } else if (FrameKey.isMap(type)) {
            return "object of " + type(FrameKey.element(type));
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isRecord()) {
            return "[" + plain.getSimpleName() + "](#" + anchor(heading(plain)) + ")";
        } else if (plain.isEnum()) {
            return String.join(" \\| ", FrameKey.labels(plain));
        } else if (plain == Instant.class) {
            return "time";
        } else if (plain == Double.class) {
            return "number";
        } else if (plain == Long.class || plain == long.class || plain == Integer.class) {
            return "integer";
        }
        return plain.getSimpleName().toLowerCase(Locale.ROOT);
    }

    /** The way that Markdown renderers make a link target of a heading. */
    private static String anchor(String heading) {
        StringBuilder anchor = new StringBuilder();
        heading.substring(heading.indexOf(' ') + 1).chars().forEach(c -> {
            if (c == ' ') {
                anchor.append('-');
            } else if (Character.isLetterOrDigit(c) || c == '_') {
                anchor.append(Character.toLowerCase((char) c));
            }
        });
        return anchor.toString();
    }

    private static String code(String key) {
        return "`" + key + "`";
    }

    private static String bold(String code) {
        return "**" + code + "**";
    }

    private static String escape(String meaning) {
        return meaning.replace("*", "\\*").replace("<", "\\<").replace("|", "\\|");
    }

    private static void row(StringBuilder to, String... cells) {
        to.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
}

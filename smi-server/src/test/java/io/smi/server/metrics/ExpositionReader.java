package io.smi.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A strict reader of both text formats, of those parts that smi writes: it fails on anything that is not clean. */
public final class ExpositionReader {
    private static final Pattern META = Pattern.compile("# (HELP|TYPE|UNIT) ([a-z_][a-z0-9_]*) (.+)");
    private static final Pattern SAMPLE = Pattern.compile("([a-z_][a-z0-9_]*)(?:\\{(.+)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("([a-z_][a-z0-9_]*)=\"((?:[^\"\\\\]|\\\\[\\\\\"n])+)\"(,|$)");

    /** A family: its metadata by keyword, and its series with their values. */
    public record Family(String name, Map<String, String> meta, Map<String, Double> series) {
        private Family(String name) {
            this(name, new LinkedHashMap<>(), new LinkedHashMap<>());
        }

        private String type() {
            return meta.getOrDefault("TYPE", "");
        }
    }

    private final boolean openMetrics;
    private final Map<String, Family> families = new LinkedHashMap<>();
    private Family newest = new Family("");

    private ExpositionReader(boolean openMetrics) {
        this.openMetrics = openMetrics;
    }

    /** The families by name. */
    public static Map<String, Family> read(Exposition format, String text) {
        ExpositionReader reader = new ExpositionReader(format == Exposition.OPENMETRICS);
        assertThat(text).doesNotContain("\r", "\uFEFF").endsWith("\n");
        List<String> lines = new ArrayList<>(text.lines().toList());
        if (reader.openMetrics) {
            assertThat(lines.removeLast()).isEqualTo("# EOF");
        }
        lines.forEach(reader::line);
        reader.families.forEach((name, family) ->
                assertThat(family.series).as("series of %s", name).isNotEmpty());
        return reader.families;
    }

    private void line(String line) {
        Matcher meta = META.matcher(line);
        if (meta.matches()) {
            metadata(meta.group(1), meta.group(2), meta.group(3));
        } else {
            Matcher sample = SAMPLE.matcher(line);
            assertThat(sample.matches()).as(line).isTrue();
            sample(line, sample);
        }
    }

    private void metadata(String keyword, String name, String text) {
        if (!name.equals(newest.name)) {
            newest = new Family(name);
            assertThat(families.put(name, newest)).as("%s comes once", name).isNull();
        }
        assertThat(newest.series).as("metadata of %s before its series", name).isEmpty();
        assertThat(newest.meta.put(keyword, text))
                .as("%s of %s comes once", keyword, name)
                .isNull();
        if (keyword.equals("UNIT")) {
            assertThat(name).endsWith("_" + text);
        }
    }

    private void sample(String line, Matcher sample) {
        String name = sample.group(1);
        assertThat(newest.meta).as(line).containsKeys("HELP", "TYPE");
        assertThat(name).isEqualTo(newest.name + suffix());
        double value = Double.parseDouble(sample.group(3));
        assertThat(value).as(line).isFinite();
        assertThat(newest.type().equals("counter")).as(line).isEqualTo(name.endsWith("_total"));
        if (newest.type().equals("counter")) {
            assertThat(value).as(line).isNotNegative();
        }
        if (name.endsWith("_info")) {
            assertThat(value).as(line).isEqualTo(1);
        }
        assertThat(newest.series.put(labels(line, sample.group(2)), value))
                .as("a series comes once: %s", line)
                .isNull();
    }

    /** What a sample's name has that its family's has not. */
    private String suffix() {
        if (!openMetrics) {
            return "";
        }
        return switch (newest.type()) {
            case "counter" -> "_total";
            case "info" -> "_info";
            default -> "";
        };
    }

    /** Checked, and as they stand: the names are in order, so that equal sets read the same. */
    private static String labels(String line, @Nullable String labels) {
        if (labels == null) {
            return "";
        }
        List<String> names = new ArrayList<>();
        Matcher label = LABEL.matcher(labels);
        int end = 0;
        while (end < labels.length()) {
            assertThat(label.find(end) && label.start() == end).as(line).isTrue();
            names.add(label.group(1));
            assertThat(label.group(1)).as(line).isNotIn("type", "hostname", "instance", "job", "le", "quantile");
            end = label.end();
        }
        assertThat(names).as(line).isSorted().doesNotHaveDuplicates();
        return labels;
    }
}

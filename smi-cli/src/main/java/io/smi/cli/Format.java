package io.smi.cli;

import io.smi.cli.table.Style;
import io.smi.cli.table.TableView;
import io.smi.schema.CsvTable;
import io.smi.schema.EncodedFrame;
import io.smi.schema.Section;
import io.smi.schema.SnapshotFrame;
import io.smi.server.metrics.Exposition;
import io.smi.server.metrics.FrameMetrics;
import io.smi.server.metrics.ServerMetrics;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/** How frames are printed: {@code --format} of every command that does. */
enum Format {
    TABLE,
    JSON,
    JSONL,
    CSV,
    PROMETHEUS;

    /** Adds {@code --format}, {@code --json} for short, and the columns of CSV. */
    static void add(CommandSpec spec) {
        Picocli.flag(spec, "The same as --format json.", "--json");
        Picocli.words(
                spec,
                Format::parse,
                "NAME",
                Picocli.lazily(() -> Arrays.stream(values()).map(Format::toString)),
                "table (default), json, jsonl: a frame a line, csv, or prometheus.",
                "--format");
        Picocli.words(
                spec,
                Picocli.checked(CsvTable::of),
                "LIST",
                Picocli.lazily(() -> Arrays.stream(Section.values()).flatMap(Format::columns)),
                "Columns of csv, comma-separated, such as gpus.uuid,gpus.pcie.width; a row per element of the array that"
                        + " they name (default: all of the one section of --include).",
                "--query");
    }

    private static Stream<String> columns(Section section) {
        return Arrays.stream(CsvTable.of(section).header().strip().split(",", -1));
    }

    private static Format parse(String name) {
        for (Format format : values()) {
            if (format.toString().equals(name)) {
                return format;
            }
        }
        throw new TypeConversionException("'" + name + "' is not one of "
                + Arrays.stream(values()).map(Format::toString).collect(Collectors.joining(", ")));
    }

    /** What was asked for. */
    static Format of(ParseResult parsed) {
        if (!parsed.hasMatchedOption("--json")) {
            return Picocli.chosen(parsed, "--format", TABLE);
        }
        Format format = parsed.matchedOptionValue("--format", JSON);
        if (format != JSON) {
            throw new ParameterException(
                    parsed.commandSpec().commandLine(), "--format " + format + " and --json, which is --format json");
        }
        return format;
    }

    /** The sections to print; null for none in particular. Columns that are asked for go before a setting. */
    static @Nullable Set<Section> include(ParseResult parsed) {
        return parsed.hasMatchedOption("--query")
                ? parsed.matchedOptionValue("--include", null)
                : Picocli.chosen(parsed, "--include", null);
    }

    /** Whether frames are printed as they are recorded. */
    boolean isJson() {
        return this == JSON || this == JSONL;
    }

    /**
     * The table that is printed as CSV.
     *
     * @param include the sections that were asked for; null for none in particular
     * @return null for another format
     */
    static @Nullable CsvTable table(ParseResult parsed, Format format, @Nullable Set<Section> include) {
        CsvTable query = parsed.matchedOptionValue("--query", null);
        CommandLine line = parsed.commandSpec().commandLine();
        if (format != CSV) {
            if (query != null) {
                throw new ParameterException(line, "--query goes with --format csv, not with " + format);
            }
            return null;
        }
        if (query == null) {
            if (include == null || include.size() != 1) {
                throw new ParameterException(
                        line, "--format csv needs one section, such as --include gpu, or columns: --query PATHS");
            }
            return CsvTable.of(include.iterator().next());
        }
        if (include != null && !include.containsAll(query.sections())) {
            throw new ParameterException(line, "--query has columns of a section that --include leaves out");
        }
        return query;
    }

    /**
     * A frame as it is printed, with its end.
     *
     * @param table what CSV shows of it
     * @param first whether it is the first one; a table that follows another keeps a distance
     */
    byte[] render(SnapshotFrame frame, Style style, @Nullable CsvTable table, boolean first) {
        return switch (this) {
            case TABLE -> TableView.render(frame, style, !first);
            case JSON, JSONL -> line(EncodedFrame.of(frame).bytes());
            case CSV -> csv(frame, Objects.requireNonNull(table), first);
            case PROMETHEUS ->
                Exposition.TEXT.render(ServerMetrics.ofVersion(SmiCommand.version()), FrameMetrics.of(frame));
        };
    }

    private static byte[] csv(SnapshotFrame frame, CsvTable table, boolean first) {
        String rows = table.rows(frame);
        return (first ? table.header() + rows : rows).getBytes(StandardCharsets.UTF_8);
    }

    /** In one piece with its end, so that a reader of a pipe never sees a line without one. */
    static byte[] line(byte[] json) {
        byte[] line = Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        return line;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

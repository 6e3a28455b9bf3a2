package io.smi.cli;

import io.smi.cli.table.Style;
import io.smi.cli.table.TableView;
import io.smi.schema.EncodedFrame;
import io.smi.schema.SnapshotFrame;
import io.smi.server.metrics.Exposition;
import io.smi.server.metrics.FrameMetrics;
import io.smi.server.metrics.ServerMetrics;
import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/** How frames are printed: {@code --format} of every command that does. */
enum Format {
    TABLE,
    JSON,
    JSONL,
    PROMETHEUS;

    private static final String NAMES = "table, json, jsonl, prometheus";

    /** Adds {@code --format}, and {@code --json} for short. */
    static void add(CommandSpec spec) {
        Picocli.flag(spec, "The same as --format json.", "--json");
        Picocli.value(
                spec,
                Format::parse,
                "NAME",
                "table (default), json, jsonl: a frame a line, or prometheus.",
                "--format");
    }

    private static Format parse(String name) {
        for (Format format : values()) {
            if (format.toString().equals(name)) {
                return format;
            }
        }
        throw new TypeConversionException("'" + name + "' is not one of " + NAMES);
    }

    /** What was asked for. */
    static Format of(ParseResult parsed) {
        Format format = parsed.matchedOptionValue("--format", null);
        boolean json = parsed.hasMatchedOption("--json");
        if (json && format != null && format != JSON) {
            throw new ParameterException(
                    parsed.commandSpec().commandLine(), "--format " + format + " and --json, which is --format json");
        }
        if (format == null) {
            return json ? JSON : TABLE;
        }
        return format;
    }

    /** Whether frames are printed as they are recorded. */
    boolean isJson() {
        return this == JSON || this == JSONL;
    }

    /**
     * A frame as it is printed, with its end.
     *
     * @param first whether it is the first one; a table that follows another keeps a distance
     */
    byte[] render(SnapshotFrame frame, Style style, boolean first) {
        return switch (this) {
            case TABLE -> TableView.render(frame, style, !first);
            case JSON, JSONL -> line(EncodedFrame.of(frame).bytes());
            case PROMETHEUS ->
                Exposition.TEXT.render(ServerMetrics.ofVersion(SmiCommand.version()), FrameMetrics.of(frame));
        };
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

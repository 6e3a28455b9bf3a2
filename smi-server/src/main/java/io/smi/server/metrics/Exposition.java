package io.smi.server.metrics;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The formats in which metrics are written. */
public enum Exposition {
    /** Prometheus' own text format, which everything reads. */
    TEXT("text/plain; version=0.0.4; charset=utf-8"),
    /** OpenMetrics 1.0.0; asked for a later version, the standard wants the oldest that is known. */
    OPENMETRICS("application/openmetrics-text; version=1.0.0; charset=utf-8");

    private final String contentType;

    Exposition(String contentType) {
        this.contentType = contentType;
    }

    /** The value of the Content-Type header. */
    public String contentType() {
        return contentType;
    }

    /**
     * What to answer to an Accept header. OpenMetrics must be asked for by name and liked at least as much as text;
     * all else gets text, also who accepts neither, for an error would help nobody.
     */
    public static Exposition negotiate(@Nullable String accept) {
        if (accept == null) {
            return TEXT;
        }
        double openMetrics = 0;
        double text = -1;
        double any = 0;
        for (String range : accept.split(",", -1)) {
            String[] parts = range.split(";", -1);
            double quality = quality(parts);
            switch (parts[0].strip().toLowerCase(Locale.ROOT)) {
                case "application/openmetrics-text" -> openMetrics = Math.max(openMetrics, quality);
                case "text/plain" -> text = Math.max(text, quality);
                case "text/*", "*/*" -> any = Math.max(any, quality);
                default -> {
                    // A type that is not spoken here, or none at all: Prometheus 3 has sent "/".
                }
            }
        }
        return openMetrics > 0 && openMetrics >= (text >= 0 ? text : any) ? OPENMETRICS : TEXT;
    }

    /** The q of a media range: 1 when it has none, 0 when it is no number. */
    private static double quality(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip().toLowerCase(Locale.ROOT);
            if (parameter.startsWith("q=")) {
                try {
                    double quality = Double.parseDouble(parameter.substring(2));
                    return quality >= 0 && quality <= 1 ? quality : 0;
                } catch (NumberFormatException e) {
                    return 0;
                }
            }
        }
        return 1;
    }

    /** All of these as one text. */
    public byte[] render(MetricSnapshots... metrics) {
        MetricSnapshots all = new MetricSnapshots(
                Stream.of(metrics).flatMap(MetricSnapshots::stream).toList());
        ByteArrayOutputStream out = new ByteArrayOutputStream(32 * 1024);
        try {
            writer().write(out, all);
        } catch (IOException e) {
            throw new UncheckedIOException("an array takes all", e);
        }
        return out.toByteArray();
    }

    private ExpositionFormatWriter writer() {
        return switch (this) {
            case TEXT -> PrometheusTextFormatWriter.create();
            case OPENMETRICS -> OpenMetricsTextFormatWriter.create();
        };
    }
}

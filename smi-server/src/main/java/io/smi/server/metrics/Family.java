package io.smi.server.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One metric family. What kind it is of and which unit it has is in its name, by Prometheus' own rules.
 *
 * @param name as it is in the text format: a counter's ends in {@code _total}, that of facts in {@code _info}
 */
record Family<R>(String name, String help, Value<R> value) {
    private static final String TOTAL = "_total";
    private static final String INFO = "_info";

    /** The longest first. */
    private static final List<String> UNITS =
            List.of("bytes_per_second", "bytes", "celsius", "hertz", "joules", "ratio", "rpm", "seconds", "watts");

    /** What a family is, as {@code # TYPE} calls it in OpenMetrics. */
    enum Kind {
        GAUGE,
        COUNTER,
        INFO
    }

    Kind kind() {
        return name.endsWith(TOTAL) ? Kind.COUNTER : name.endsWith(INFO) ? Kind.INFO : Kind.GAUGE;
    }

    /** The unit that the name ends in; null when it is a plain number. */
    @Nullable
    String unit() {
        String base = baseName();
        for (String unit : UNITS) {
            if (base.endsWith("_" + unit)) {
                return unit;
            }
        }
        return null;
    }

    /** The name without what OpenMetrics appends to it for each sample. */
    private String baseName() {
        return switch (kind()) {
            case COUNTER -> name.substring(0, name.length() - TOTAL.length());
            case INFO -> name.substring(0, name.length() - INFO.length());
            case GAUGE -> name;
        };
    }

    /** The value of this row's series; null when it has none. Of a counter nothing below zero is one. */
    @Nullable
    Double valueOf(R row) {
        Number number = value.of(row);
        if (number == null) {
            return null;
        }
        double finite = number.doubleValue();
        return Double.isFinite(finite) && (finite >= 0 || kind() != Kind.COUNTER) ? finite : null;
    }

    MetricSnapshot snapshot(Map<Labels, Double> series) {
        String unit = unit();
        MetricMetadata metadata = new MetricMetadata(baseName(), help, unit == null ? null : new Unit(unit));
        return switch (kind()) {
            case COUNTER ->
                new CounterSnapshot(
                        metadata,
                        series.entrySet().stream()
                                .map(one -> new CounterDataPointSnapshot(one.getValue(), one.getKey(), null, 0))
                                .toList());
            case INFO ->
                new InfoSnapshot(
                        metadata,
                        series.keySet().stream().map(InfoDataPointSnapshot::new).toList());
            case GAUGE ->
                new GaugeSnapshot(
                        metadata,
                        series.entrySet().stream()
                                .map(one -> new GaugeDataPointSnapshot(one.getValue(), one.getKey(), null))
                                .toList());
        };
    }
}

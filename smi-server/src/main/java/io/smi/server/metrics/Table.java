package io.smi.server.metrics;

import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One kind of thing that has metrics, such as a GPU: where its rows are, which labels tell them apart, and the families
 * that each row has a series in. One table holds the whole of a family, so that no family comes twice.
 *
 * @param <S> what the rows are taken from
 * @param <R> a row
 */
final class Table<S, R> {
    private final Function<S, ? extends @Nullable Collection<R>> rows;
    private final List<Label<R>> labels;
    private final List<Family<R>> families;

    private Table(Builder<S, R> builder) {
        rows = builder.rows;
        labels = List.copyOf(builder.labels);
        families = List.copyOf(builder.families);
    }

    /** Starts the table of these rows; null rows are none. */
    static <S, R> Builder<S, R> of(Function<S, ? extends @Nullable Collection<R>> rows) {
        return new Builder<>(rows);
    }

    /** A table with one row. */
    static <S> Builder<S, S> ofOne() {
        return of(List::of);
    }

    List<Family<R>> families() {
        return families;
    }

    List<String> labelNames() {
        return labels.stream().map(Label::name).toList();
    }

    /** The families that have at least one series. */
    List<MetricSnapshot> snapshots(S source) {
        Map<Labels, R> named = named(rows.apply(source));
        List<MetricSnapshot> snapshots = new ArrayList<>();
        for (Family<R> family : families) {
            Map<Labels, Double> series = new LinkedHashMap<>();
            named.forEach((name, row) -> {
                Double value = family.valueOf(row);
                if (value != null) {
                    series.put(name, value);
                }
            });
            if (!series.isEmpty()) {
                snapshots.add(family.snapshot(series));
            }
        }
        return snapshots;
    }

    /** Rows that nothing tells apart would be one series with two values, which Prometheus refuses: the first counts. */
    private Map<Labels, R> named(@Nullable Collection<R> all) {
        Map<Labels, R> named = new LinkedHashMap<>();
        if (all != null) {
            all.forEach(row -> named.putIfAbsent(labelsOf(row), row));
        }
        return named;
    }

    /** To Prometheus a label that is missing and one that is empty are the same. */
    private Labels labelsOf(R row) {
        Labels.Builder known = Labels.builder();
        for (Label<R> label : labels) {
            Object value = label.value.apply(row);
            if (value != null && !value.equals("")) {
                known.label(label.name, value.toString());
            }
        }
        return known.build();
    }

    private record Label<R>(String name, Function<R, ? extends @Nullable Object> value) {}

    /** Puts a table together, a line for each label and each family. */
    static final class Builder<S, R> {
        private final Function<S, ? extends @Nullable Collection<R>> rows;
        private final List<Label<R>> labels = new ArrayList<>();
        private final List<Family<R>> families = new ArrayList<>();

        private Builder(Function<S, ? extends @Nullable Collection<R>> rows) {
            this.rows = rows;
        }

        /** A label that every series of the table has, where its value is known. */
        Builder<S, R> label(String name, Function<R, ? extends @Nullable Object> value) {
            labels.add(new Label<>(name, value));
            return this;
        }

        Builder<S, R> family(String name, String help, Value<R> value) {
            families.add(new Family<>(name, help, value));
            return this;
        }

        /** A family whose labels say it all. */
        Builder<S, R> info(String name, String help) {
            return family(name, help, row -> 1);
        }

        Table<S, R> build() {
            return new Table<>(this);
        }
    }
}

package io.smi.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What holds for the components of all records alike. */
class RecordsTest {
    private static List<FrameKey> keys() {
        List<FrameKey> keys = new ArrayList<>();
        FrameKey.records().forEach(record -> keys.addAll(FrameKey.of(record)));
        return keys;
    }

    private static List<FrameKey> decimals() {
        return keys().stream()
                .filter(key -> FrameKey.element(key.type()) == Double.class)
                .toList();
    }

    private static Object value(FrameKey key, double number) {
        return FrameKey.isMap(key.type()) ? Map.of("name", number) : number;
    }

    @Test
    void aNumberThatIsNoneIsRefused() {
        for (double none : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            assertThat(decimals())
                    .hasSizeGreaterThan(30)
                    .allSatisfy(key -> assertThatThrownBy(() -> SampleFrames.with(key.component(), value(key, none)))
                            .isInstanceOf(IllegalArgumentException.class));
        }
    }

    @Test
    void aPercentageIsNothingButZeroToHundred() {
        assertThat(decimals())
                .filteredOn(key -> key.unit().equals("percent") && !key.name().equals("cpu_percent"))
                .hasSizeGreaterThan(15)
                .allSatisfy(key -> {
                    for (double wrong : new double[] {-0.01, 100.01, -1}) {
                        assertThatThrownBy(() -> SampleFrames.with(key.component(), value(key, wrong)))
                                .isInstanceOf(IllegalArgumentException.class);
                    }
                    for (double right : new double[] {0, 0.004, 100}) {
                        assertThatCode(() -> SampleFrames.with(key.component(), value(key, right)))
                                .doesNotThrowAnyException();
                    }
                });
    }

    @Test
    void decimalsAreRounded() {
        assertThat(decimals()).allSatisfy(key -> {
            Object record = SampleFrames.with(key.component(), value(key, 12.3456));
            Object kept = key.component().getAccessor().invoke(record);
            Object number = kept instanceof Map<?, ?> map ? map.get("name") : kept;
            assertThat(number).isEqualTo(key.unit().equals("percent") ? 12.35 : 12.346);
        });
    }

    @Test
    void timesAreKeptToTheMillisecond() {
        Instant time = Instant.parse("2026-11-22T20:30:55.042999Z");
        assertThat(keys())
                .filteredOn(key -> key.type() == Instant.class)
                .hasSizeGreaterThan(2)
                .allSatisfy(key -> assertThat(
                                key.component().getAccessor().invoke(SampleFrames.with(key.component(), time)))
                        .isEqualTo(Instant.parse("2026-11-22T20:30:55.042Z")));
    }

    /** A frame is handed from thread to thread, so nothing in it may change any more. */
    @Test
    void listsAndMapsAreCopied() {
        assertThat(keys()).filteredOn(FrameKey::isList).hasSizeGreaterThan(10).allSatisfy(key -> {
            List<Object> mutable = new ArrayList<>();
            Object record = SampleFrames.with(key.component(), mutable);
            assertThat(key.component().getAccessor().invoke(record)).isNotSameAs(mutable);
        });
    }
}

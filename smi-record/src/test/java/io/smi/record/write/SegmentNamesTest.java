package io.smi.record.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SegmentNamesTest {
    private static final NamePattern PATTERN = NamePattern.parse("{time}.zst");
    private static final Instant TODAY = Instant.parse("2026-11-23T02:00:00.123456Z");
    private static final Instant NO_BATTERY = Instant.parse("1970-01-01T00:00:09Z");

    private static Segment segment(String time) {
        Instant instant = Instant.parse(time);
        return new Segment(instant, PATTERN.path("node1", instant));
    }

    private static @Nullable Segment newest(Instant now, String... times) {
        List<Segment> all = new ArrayList<>();
        for (String time : times) {
            all.add(segment(time));
        }
        return SegmentNames.newest(all, now);
    }

    @Test
    void eachIsAfterTheOneBeforeAndByTheClockIfPossible() {
        SegmentNames names = new SegmentNames(PATTERN, "node1", null);
        assertThat(names.next(TODAY)).isEqualTo(Path.of("20261123T020000.123Z.zst"));
        assertThat(names.next(TODAY)).isEqualTo(Path.of("20261123T020000.124Z.zst"));
        assertThat(names.next(NO_BATTERY)).isEqualTo(Path.of("20261123T020000.125Z.zst"));
        assertThat(names.next(TODAY.plusSeconds(1))).isEqualTo(Path.of("20261123T020001.123Z.zst"));
    }

    @Test
    void theyGoOnAfterThoseOfEarlierRuns() {
        SegmentNames names = new SegmentNames(PATTERN, "node1", segment("2026-11-23T02:00:00.999Z"));
        assertThat(names.next(NO_BATTERY)).isEqualTo(Path.of("20261123T020001.000Z.zst"));
        assertThat(names.next(TODAY)).isEqualTo(Path.of("20261123T020001.001Z.zst"));
        assertThat(names.next(TODAY.plusSeconds(2))).isEqualTo(Path.of("20261123T020002.123Z.zst"));
    }

    @Test
    void aClockWithoutBatteryIsBehindAllEarlierRuns() {
        assertThat(newest(NO_BATTERY, "2026-11-23T02:00:00Z", "2026-11-24T02:00:00Z", "1970-01-01T00:00:08Z"))
                .isEqualTo(segment("2026-11-24T02:00:00Z"));
    }

    @Test
    void aNameOfTheNextCenturyButOneHoldsNothingUp() {
        assertThat(newest(TODAY, "9999-12-31T23:59:59.999Z", "2027-01-01T00:00:00Z", "2026-11-23T01:00:00Z"))
                .isEqualTo(segment("2027-01-01T00:00:00Z"));
        assertThat(newest(TODAY, "9999-12-31T23:59:59.999Z")).isNull();
        assertThat(newest(TODAY)).isNull();
    }
}

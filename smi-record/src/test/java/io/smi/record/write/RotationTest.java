package io.smi.record.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RotationTest {
    private static final Instant BEGUN = Instant.parse("2026-11-22T02:17:03.250Z");

    @Test
    void itIsDueAtASize() {
        Rotation rotation = new Rotation(1000L, null, null);
        assertThat(rotation.isDue(999, BEGUN, BEGUN.plusSeconds(1_000_000))).isFalse();
        assertThat(rotation.isDue(1000, BEGUN, BEGUN)).isTrue();
    }

    @Test
    void itIsDueAtMultiplesOfTheTimeInUtc() {
        Rotation rotation = new Rotation(null, Duration.ofHours(1), null);
        assertThat(rotation.isDue(1 << 30, BEGUN, Instant.parse("2026-11-22T02:59:59.999Z")))
                .isFalse();
        assertThat(rotation.isDue(0, BEGUN, Instant.parse("2026-11-22T03:00:00Z")))
                .isTrue();
        Rotation daily = new Rotation(null, Duration.ofDays(1), null);
        assertThat(daily.isDue(0, BEGUN, Instant.parse("2026-11-22T23:59:59.999Z")))
                .isFalse();
        assertThat(daily.isDue(0, BEGUN, Instant.parse("2026-11-23T00:00:00Z"))).isTrue();
    }

    /** Else a file that was begun while the clock was a year ahead would last for that year. */
    @Test
    void aClockThatIsSetBackIntoAnotherPeriodBeginsAFileToo() {
        Rotation rotation = new Rotation(null, Duration.ofHours(1), null);
        assertThat(rotation.isDue(0, BEGUN, BEGUN.minusSeconds(60))).isFalse();
        assertThat(rotation.isDue(0, BEGUN, BEGUN.minus(Duration.ofDays(365)))).isTrue();
    }

    @Test
    void withoutALimitItIsNeverDue() {
        assertThat(Rotation.NONE.isDue(Long.MAX_VALUE, BEGUN, BEGUN.plus(Duration.ofDays(1000))))
                .isFalse();
    }

    @Test
    void namesSortInTheOrderOfTheirFilesWhateverTheClockDoes() {
        SegmentNames names = new SegmentNames(NamePattern.parse("{date}-{time}.zst"), "node1", null);
        List<String> given = new ArrayList<>();
        for (long millis : new long[] {0, 500, 500, 499, -86_400_000, 501, 502, 1000}) {
            given.add(names.next(BEGUN.plusMillis(millis)).toString());
        }
        assertThat(given).isSorted().doesNotHaveDuplicates().startsWith("2026-11-22-20261122T021703.250Z.zst");
        assertThat(given.getLast()).isEqualTo("2026-11-22-20261122T021704.250Z.zst");
    }
}

package io.smi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordingStatusTest {
    private static final long FREE = 78L << 30;

    private static String text(
            Duration elapsed, long frames, long content, long file, long dropped, @Nullable Long free) {
        return new RecordingStatus("run.jsonl.zst", frames, content, file, dropped, free).text(elapsed);
    }

    @Test
    void saysWhatIsKnown() {
        assertThat(text(Duration.ofSeconds(754), 754, 17_741_619, 1_258_292, 0, FREE))
                .isEqualTo("recording run.jsonl.zst  00:12:34  754 frames  1.20 MiB (14.1x)  free 78.0 GiB");
    }

    @Test
    void droppedTicksAreTold() {
        assertThat(text(Duration.ZERO, 2, 1000, 100, 1, FREE)).contains("(10.0x)  1 tick dropped  free");
        assertThat(text(Duration.ZERO, 2, 1000, 100, 12, FREE)).contains("(10.0x)  12 ticks dropped  free");
    }

    @Test
    void theBeginningHasNoRatio() {
        assertThat(text(Duration.ofMillis(999), 0, 0, 0, 0, FREE))
                .isEqualTo("recording run.jsonl.zst  00:00:00  0 frames  0 B  free 78.0 GiB");
        assertThat(text(Duration.ZERO, 1, 12_000, 0, 0, FREE)).contains("1 frame  0 B  free");
    }

    @Test
    void plainFilesHaveNoRatio() {
        assertThat(text(Duration.ofSeconds(1), 1, 12_000, 12_000, 0, null))
                .isEqualTo("recording run.jsonl.zst  00:00:01  1 frame  11.7 KiB");
    }

    @Test
    void hoursGoOnAfterADay() {
        assertThat(text(Duration.ofHours(99).plusSeconds(59), 2, 0, 0, 0, null)).contains("  99:00:59  ");
        assertThat(text(Duration.ofHours(131).plusSeconds(3599), 2, 0, 0, 0, null))
                .contains("  131:59:59  ");
    }
}

package io.smi.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smi.schema.FrameFormatException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LineTest {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void theHeadIsRead() throws FrameFormatException {
        for (String time : new String[] {
            "2026-11-23T02:40:00.123Z",
            "2024-02-29T23:59:59.999Z",
            "1970-01-01T00:00:00.000Z",
            "0001-03-01T00:00:00.001Z"
        }) {
            Line line = Line.parse(TestLines.line(7, Instant.parse(time)).json());
            assertThat(line.seq()).isEqualTo(7);
            assertThat(line.time()).isEqualTo(Instant.parse(time));
            assertThat(LineHead.of(line.json())).isNotNull();
        }
    }

    @Test
    void aFrameThatBeginsOtherwiseIsReadToo() throws FrameFormatException {
        Line line = Line.parse(bytes("{ \"hostname\": \"a\", \"seq\": 9007199254740991, \"errors\": [], \"schema\": 1,"
                + " \"timestamp\": \"2026-11-23T02:40:00+02:00\" }"));
        assertThat(line.seq()).isEqualTo(9007199254740991L);
        assertThat(line.time()).isEqualTo(Instant.parse("2026-11-23T00:40:00Z"));
    }

    @Test
    void whatIsNoFrameIsRefused() {
        String good = new String(TestLines.line(7).json(), StandardCharsets.UTF_8);
        for (String bad : new String[] {
            "",
            "{",
            "null",
            good.substring(0, good.length() - 1),
            good.replace("\"seq\":7", "\"seq\":0"),
            good.replace("\"seq\":7", "\"seq\":99999999999999999999"),
            good.replace("\"seq\":7", "\"seq\":"),
            good.replace("2026-11-23", "2026-13-23"),
            good.replace("T02:00:07", "T24:00:07"),
            good.replace("\"schema\":1", "\"schema\":2"),
        }) {
            assertThatThrownBy(() -> Line.parse(bytes(bad))).as(bad).isInstanceOf(FrameFormatException.class);
        }
    }
}

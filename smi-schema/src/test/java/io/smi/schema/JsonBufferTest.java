package io.smi.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class JsonBufferTest {
    private final JsonBuffer json = new JsonBuffer();

    private String text() {
        return new String(json.toBytes(), UTF_8);
    }

    @Test
    void commasComeByThemselves() {
        json.startObject();
        json.name("a");
        json.startArray();
        json.number(1);
        json.number(0.5);
        json.nothing();
        json.bool(true);
        json.string("[");
        json.startObject();
        json.endObject();
        json.startArray();
        json.endArray();
        json.endArray();
        json.name("b");
        json.bool(false);
        json.endObject();
        assertThat(text()).isEqualTo("{\"a\":[1,0.5,null,true,\"[\",{},[]],\"b\":false}");
        assertThat(json.size()).isEqualTo(text().length());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 9, 10, 1_000_000, SnapshotFrame.MAX_INTEGER, Long.MAX_VALUE, -1, -20, Long.MIN_VALUE})
    void integersAreWrittenInFull(long value) {
        json.number(value);
        assertThat(text()).isEqualTo(Long.toString(value));
    }

    @ParameterizedTest
    @CsvSource({
        "0.0, 0",
        "-0.0, 0",
        "100.0, 100",
        "0.5, 0.5",
        "12.35, 12.35",
        "0.001, 0.001",
        "0.01, 0.01",
        "-7.05, -7.05",
        "99.999, 99.999",
        "1234567890.123, 1234567890.123",
        "999999999999.5, 999999999999.5",
        "1.0E15, 1.0E15",
        "1.0E-5, 1.0E-5",
        "0.1234, 0.1234",
        "1.7976931348623157E308, 1.7976931348623157E308",
    })
    void decimalsAreWrittenAsPeopleDo(double value, String expected) {
        json.number(value);
        assertThat(text()).isEqualTo(expected);
    }

    @Test
    void everyDecimalReadsBackAsItself() {
        Random random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            double value = i % 2 == 0
                    ? random.nextLong(-1_000_000_000_000L, 1_000_000_000_000L) / 1000.0
                    : Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                JsonBuffer number = new JsonBuffer();
                number.number(value);
                assertThat(Double.parseDouble(new String(number.toBytes(), UTF_8)))
                        .isEqualTo(value);
            }
        }
    }

    @Test
    void whatJsonWantsEscapedIs() {
        json.string("a\"b\\c/d\n\r\t\b\f\0\u001f\u007fe");
        assertThat(text()).isEqualTo("\"a\\\"b\\\\c/d\\n\\r\\t\\u0008\\u000c\\u0000\\u001f\\u007fe\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"é", "߿", "ࠀ", "￿", "語", "😀", "\uD800\uDC00", "\uDBFF\uDFFF", "a😀b", "\u2028"})
    void otherTextIsUtf8(String text) {
        json.string(text);
        assertThat(text()).isEqualTo("\"" + text + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\uD83D", "a\uDE00", "a\uD83Db", "a\uDE00\uD83D", "a\uD83D\uD83D\uDE00"})
    void halfASurrogatePairIsReplaced(String broken) {
        json.string(broken);
        assertThat(JsonMapper.shared().readTree(json.toBytes()).stringValue())
                .startsWith("a\uFFFD")
                .doesNotContain("?");
    }

    @Test
    void growsWithWhatItHolds() {
        String text = "x".repeat(100_000) + "é".repeat(100_000) + "\n".repeat(100_000);
        json.string(text);
        assertThat(JsonMapper.shared().readTree(json.toBytes()).stringValue()).isEqualTo(text);
    }
}

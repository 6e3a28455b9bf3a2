package io.smi.record.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MembersTest {
    private static Map<String, String> of(String json) {
        return Members.of(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void membersOfAnObject() {
        assertThat(of("{}")).isEmpty();
        assertThat(of("{\"dropped\":12}")).isEqualTo(Map.of("dropped", "12"));
        assertThat(of(" {\n\"mode\" : \"normal\" ,\t\"restarted\": true , \"a\":null}\r\n"))
                .isEqualTo(Map.of("mode", "normal", "restarted", "true", "a", "null"));
    }

    @Test
    void stringsMeanWhatTheirEscapesSay() {
        assertThat(of("{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00fc\\ud83d\\ude00ü\",\"b\\n\":\"\"}"))
                .isEqualTo(Map.of("a", "\"\\/\b\f\n\r\tü😀ü", "b\n", ""));
    }

    @Test
    void whatIsNestedIsPassedOver() {
        assertThat(of("{\"a\":{\"b\":[1,{\"c\":\"}\"}]},\"d\":[],\"e\":1}")).isEqualTo(Map.of("e", "1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[1]",
                "1",
                "{",
                "{\"",
                "{\"a",
                "{\"a\"",
                "{\"a\" 1}",
                "{a:1}",
                "{\"a\":{\"b\":[",
                "{\"a\":[\"",
                "{,}"
            })
    void whatIsNoObjectHasNone(String json) {
        assertThat(of(json)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1", "{\"a\":1,", "{\"a\":1,]", "{\"a\":1,\"b\":[[", "{\"a\":1 2}"})
    void whatWasReadBeforeAFaultIsKept(String json) {
        assertThat(of(json)).isEqualTo(Map.of("a", "1"));
    }

    @Test
    void cutAnywhereItComesToAnEnd() {
        String json = "{\"a\":\"\\u00fc\\n\",\"b\":{\"c\":[1,\"\\\"\"]},\"d\":true}";
        for (int end = 0; end <= json.length(); end++) {
            assertThat(of(json.substring(0, end))).hasSizeLessThanOrEqualTo(2);
        }
    }
}

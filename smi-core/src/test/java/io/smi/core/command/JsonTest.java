package io.smi.core.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Test
    void tellsWhatIsThereAndNothingElse() throws IOException {
        Json json = Json.parse("{\"a\": [{\"b\": \" text \"}, 12.50, true, null, \" \"]}\n");
        assertThat(json.at("a").isArray()).isTrue();
        assertThat(json.at("a").elements()).hasSize(5);
        assertThat(json.at("a").elements().get(0).at("b").text()).isEqualTo("text");
        assertThat(json.at("a").elements().get(1).text()).isEqualTo("12.50");
        assertThat(json.at("a").elements().subList(2, 5)).extracting(Json::text).containsOnlyNulls();
        assertThat(json.at("none").at("of").elements()).isEmpty();
        assertThat(json.text()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{\"a\": 1", "[1, 2", "{} {}", "cannot open", "{\"a\": NaN}", "{'a': 1}"})
    void whatIsNoJsonIsRefused(String text) {
        assertThatThrownBy(() -> Json.parse(text))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("JSON");
    }
}

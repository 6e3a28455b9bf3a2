package io.smi.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.smi.schema.Section;
import java.time.Duration;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {
    private static final Set<String> KNOWN = Set.of("include", "device", "pretty", "throttle");
    private static final Duration LEAST = Duration.ofMillis(50);
    private static final Duration MOST = Duration.ofDays(1);

    private static Query query(String raw) throws ProblemException {
        return Query.parse(raw, KNOWN);
    }

    private static Problem problem(ThrowingCallable call) {
        return catchThrowableOfType(ProblemException.class, call).problem();
    }

    @Test
    void anEmptyQueryGivesNothing() throws ProblemException {
        for (String raw : new String[] {"", "&", "&&"}) {
            Query query = query(raw);
            assertThat(query.get("include")).isNull();
            assertThat(query.all("device")).isEmpty();
            assertThat(query.flag("pretty")).isFalse();
            assertThat(query.seconds("throttle", LEAST, MOST)).isNull();
            assertThat(query.include(Section.DEFAULTS)).isEqualTo(Section.DEFAULTS);
        }
    }

    @Test
    void readsPercentEncodedUtf8() throws ProblemException {
        Query query = query("device=%47PU%2D7%26x&%64evice=a+b&device=%C3%A9=c");
        assertThat(query.all("device")).containsExactly("GPU-7&x", "a b", "\u00e9=c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "device=%",
                "device=%4",
                "device=%zz",
                "device=%-1",
                "device=%FF",
                "device=%C3",
                "device=%C0%80",
                "device=%ED%A0%80"
            })
    void refusesWhatIsNoPercentEncodedUtf8(String raw) {
        Problem problem = problem(() -> query(raw));
        assertThat(problem.status()).isEqualTo(400);
        assertThat(problem.parameter()).isEqualTo("device");
        assertThat(problem.detail()).contains("not percent-encoded UTF-8");
    }

    @Test
    void refusesAnUnknownParameterAndTellsTheKnownOnes() {
        Problem problem = problem(() -> query("pretty=1&includ=gpu"));
        assertThat(problem)
                .isEqualTo(new Problem(
                        400, "unknown parameter 'includ', known here: device, include, pretty, throttle", "includ"));
        assertThat(problem(() -> Query.parse("x", Set.of())).detail())
                .isEqualTo("unknown parameter 'x', known here: none");
        assertThat(problem(() -> query("=1")).parameter()).isEmpty();
        assertThat(problem(() -> query("PRETTY=1")).parameter()).isEqualTo("PRETTY");
    }

    @Test
    void refusesToChooseBetweenTwoValues() throws ProblemException {
        Query query = query("pretty=1&pretty=1");
        assertThat(problem(() -> query.flag("pretty")))
                .isEqualTo(new Problem(400, "pretty is given 2 times, allowed is once", "pretty"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pretty", "pretty=", "pretty=2", "pretty=true", "pretty=01"})
    void aFlagIsOneOrZero(String raw) throws ProblemException {
        assertThat(query("pretty=1").flag("pretty")).isTrue();
        assertThat(query("pretty=0").flag("pretty")).isFalse();
        Query query = query(raw);
        assertThat(problem(() -> query.flag("pretty")).parameter()).isEqualTo("pretty");
    }

    @Test
    void readsSections() throws ProblemException {
        assertThat(query("include=process,gpu").include(Section.DEFAULTS))
                .containsExactlyInAnyOrder(Section.GPU, Section.PROCESS);
        for (String raw : new String[] {"include", "include=", "include=gpu,", "include=GPU", "include=gpu;cpu"}) {
            Query query = query(raw);
            assertThat(problem(() -> query.include(Section.DEFAULTS)).detail())
                    .startsWith("include: unknown section '");
        }
    }

    @ParameterizedTest
    @CsvSource({"0.05,50", "0.0500,50", "1,1000", "1.,1000", ".5,500", "002,2000", "86400,86400000", "0.0505,50.5"})
    void readsSeconds(String text, double millis) throws ProblemException {
        assertThat(query("throttle=" + text).seconds("throttle", LEAST, MOST))
                .isEqualTo(Duration.ofNanos(Math.round(millis * 1e6)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0.049999999",
                "0",
                "86400.000000001",
                "99999999999999999999",
                "999999999999999999999",
                "-1",
                "+1",
                "1e1",
                "1.2.3",
                ".",
                "1s",
                "0x1",
                "NaN",
                "Infinity",
                "%D9%A1",
                "1,5",
                "1_0"
            })
    void refusesOtherSeconds(String text) throws ProblemException {
        Query query = query("throttle=" + text);
        Problem problem = problem(() -> query.seconds("throttle", LEAST, MOST));
        assertThat(problem.parameter()).isEqualTo("throttle");
        assertThat(problem.detail()).endsWith("is not a number of seconds from 0.05 to 86400");
    }
}

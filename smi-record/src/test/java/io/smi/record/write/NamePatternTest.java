package io.smi.record.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamePatternTest {
    private static final Instant TIME = Instant.parse("2026-11-22T02:00:00.123Z");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "run.jsonl.zst, run.jsonl.zst",
        "{time}.gz, 20261122T020000.123Z.gz",
        "host={host}/date={date}/{time}.jsonl.zst, host=node1/date=2026-11-22/20261122T020000.123Z.jsonl.zst",
        "/a/}{host}{host}.zst, /a/}node1node1.zst",
        "a//b/./{date}.zst, a/b/./2026-11-22.zst",
    })
    void placeholdersAreFilled(String pattern, String name) {
        assertThat(NamePattern.parse(pattern).path("node1", TIME)).hasToString(name);
    }

    @ParameterizedTest
    @CsvSource({"{x}.zst, {x}", "{Time}.zst, {Time}", "{}.zst, {}", "a{.zst, {.zst", "{{host}}.zst, {{host}"})
    void otherPlaceholdersAreRefused(String pattern, String named) {
        assertThatThrownBy(() -> NamePattern.parse(pattern))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + named + "' in '" + pattern + "' is not one of {host}, {date}, {time}");
    }

    @ParameterizedTest
    @CsvSource({
        "run.jsonl.zst, run-{time}.jsonl.zst",
        "run.zst, run-{time}.zst",
        "run.ndjson, run-{time}.ndjson",
        "run.v2.jsonl.gz, run.v2-{time}.jsonl.gz",
        "a.zst/run, a.zst/run-{time}",
        ".jsonl.zst, {time}.jsonl.zst",
        "a/.zst, a/{time}.zst",
        "{date}/run.zst, {date}/run-{time}.zst",
        "{time}/run.zst, {time}/run.zst",
    })
    void aTimeGoesBeforeTheEndings(String pattern, String withTime) {
        assertThat(NamePattern.parse(pattern).withTime()).hasToString(withTime);
    }

    @ParameterizedTest
    @CsvSource({
        "node1.example.org, node1.example.org",
        "../../etc, _._.._etc",
        ".hidden, _hidden",
        "a b/c:d, a_b_c_d",
        "knöten, kn_ten",
        "'', _",
    })
    void aHostsNameLeadsNowhere(String host, String safe) {
        assertThat(NamePattern.safe(host)).isEqualTo(safe);
    }

    @Test
    void aLongHostsNameIsCut() {
        assertThat(NamePattern.safe("x".repeat(300))).hasSize(64);
    }

    @ParameterizedTest
    @ValueSource(strings = {"run-{time}.zst", "{host}/{date}/{time}.zst", "{time}/{date}.zst", "{time}{time}.zst"})
    void aNameTellsItsTime(String text) {
        NamePattern pattern = NamePattern.parse(text);
        for (String time :
                new String[] {"2026-11-22T02:00:00.123Z", "2024-02-29T23:59:59.999Z", "1970-01-01T00:00:00Z"}) {
            Instant instant = Instant.parse(time);
            assertThat(pattern.timeOf(pattern.path("node1", instant), "node1")).isEqualTo(instant);
            assertThat(pattern.timeOf(pattern.path("node1", instant), "node2") == null)
                    .isEqualTo(text.contains("{host}"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run-20261122T020000.123Z.zst.bak",
                "run-20261122T020000.123Z.gz!",
                "Run-20261122T020000.123Z.zst",
                "run-20261322T020000.123Z.zst",
                "run-20261122T250000.123Z.zst",
                "run-20261122T020060.123Z.zst",
                "run-20261122t020000.123Z.zst",
                "run-20261122T020000,123Z.zst",
                "run-2026-122T020000.123Z.zst",
                "run-+0261122T020000.123Z.zst",
                "run-20261122T020000.123z.zst",
                "run-yyyymmddThhmmss.sssZ.zst",
                "run.zst",
            })
    void whatThePatternWouldNotGiveHasNoTime(String name) {
        assertThat(NamePattern.parse("run-{time}.zst").timeOf(Path.of(name), "node1"))
                .isNull();
    }

    @Test
    void aDateThatIsNotTheTimesOwnIsNotOfThePattern() {
        NamePattern pattern = NamePattern.parse("{date}/{time}.zst");
        assertThat(pattern.timeOf(Path.of("2026-11-22/20261122T020000.123Z.zst"), "h"))
                .isNotNull();
        assertThat(pattern.timeOf(Path.of("2026-11-23/20261122T020000.123Z.zst"), "h"))
                .isNull();
    }

    @Test
    void foldersAreMadeFromTheFirstPlaceholderOn() throws Exception {
        NamePattern hive = NamePattern.parse(folder + "/host={host}/raw/{date}/{time}.zst");
        Path path = hive.path("node1", TIME);
        hive.makeFolders(path);
        hive.makeFolders(path);
        assertThat(path.getParent()).isDirectory();

        NamePattern mistyped = NamePattern.parse(folder + "/none/{date}.zst");
        mistyped.makeFolders(mistyped.path("node1", TIME));
        assertThat(folder.resolve("none")).doesNotExist();
    }

    @Test
    void namesWithRelativeFoldersWorkToo() throws Exception {
        Path here = Files.createTempDirectory(Path.of("target"), "names");
        NamePattern pattern = NamePattern.parse(here + "/{date}/x/{time}.zst");
        Path path = pattern.path("node1", TIME);
        pattern.makeFolders(path);
        assertThat(path.getParent()).isDirectory();
        assertThat(path.isAbsolute()).isFalse();
    }
}

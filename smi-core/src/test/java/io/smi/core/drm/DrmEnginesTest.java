package io.smi.core.drm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DrmEnginesTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void timeIsHeldAgainstTheWindowAndTheNumberOfEngines() {
        DrmClient before = client("i915", Map.of("engine-render", 500L, "engine-video", 0L));
        DrmClient now = client(
                "i915",
                Map.of("engine-render", 500L + SECOND / 2, "engine-video", SECOND, "engine-capacity-video", 2L));
        assertThat(DrmEngines.percents(before, now, 2 * SECOND)).isEqualTo(Map.of("render", 25.0, "video", 25.0));
    }

    @Test
    void cyclesAreHeldAgainstTheClockOfTheGpu() {
        DrmClient before =
                client("xe", Map.of("cycles-ccs", 50L, "total-cycles-ccs", 1000L, "engine-capacity-ccs", 4L));
        DrmClient now = client("xe", Map.of("cycles-ccs", 130L, "total-cycles-ccs", 1100L, "engine-capacity-ccs", 4L));
        assertThat(DrmEngines.percents(before, now, SECOND)).isEqualTo(Map.of("ccs", 20.0));
        assertThat(DrmEngines.percents(now, now, SECOND))
                .as("a clock that stands")
                .isNull();
    }

    @Test
    void moreThanTheWindowIsAllOfIt() {
        DrmClient now = client("i915", Map.of("engine-render", SECOND + 1000));
        assertThat(DrmEngines.percents(client("i915", Map.of("engine-render", 0L)), now, SECOND))
                .isEqualTo(Map.of("render", 100.0));
    }

    @Test
    void aCounterThatWentBackMakesAllUnknown() {
        DrmClient before = client("i915", Map.of("engine-copy", 10L, "engine-render", 100L));
        DrmClient now = client("i915", Map.of("engine-copy", 20L, "engine-render", 90L));
        assertThat(DrmEngines.percents(before, now, SECOND)).isNull();
    }

    @Test
    void noCapacityIsNoShare() {
        DrmClient now = client("i915", Map.of("engine-video", 5L, "engine-capacity-video", 0L));
        assertThat(DrmEngines.percents(now, now, SECOND)).isNull();
    }

    @Test
    void onlyAmdgpuLeavesOutWhatIsZero() {
        Map<String, Long> used = Map.of("engine-compute", SECOND / 4);
        assertThat(DrmEngines.percents(client("amdgpu", Map.of()), client("amdgpu", used), SECOND))
                .isEqualTo(Map.of("compute", 25.0));
        assertThat(DrmEngines.percents(client("amdgpu", Map.of()), client("amdgpu", Map.of()), SECOND))
                .isEmpty();
        assertThat(DrmEngines.percents(client("panfrost", Map.of()), client("panfrost", used), SECOND))
                .as("profiling was turned on")
                .isNull();
        assertThat(DrmEngines.percents(client("panfrost", Map.of()), client("panfrost", Map.of()), SECOND))
                .as("profiling is off")
                .isNull();
    }

    @Test
    void cyclesAloneSayNothing() {
        DrmClient now = client("msm", Map.of("cycles-gpu", 5L));
        assertThat(DrmEngines.percents(now, now, SECOND)).isNull();
    }

    @Test
    void theKindIsToldByTheEnginesThatWereUsed() {
        assertThat(kind(Map.of("engine-render", 1L, "engine-compute", 0L))).isEqualTo("graphics");
        assertThat(kind(Map.of("engine-gfx", 1L, "engine-compute", 1L))).isEqualTo("compute+graphics");
        assertThat(kind(Map.of("cycles-ccs", 1L, "cycles-rcs", 0L))).isEqualTo("compute");
        assertThat(kind(Map.of("engine-dec", 1L, "engine-fragment", 0L))).isNull();
        assertThat(kind(Map.of("engine-panthor", 1L))).isNull();
    }

    private static @Nullable String kind(Map<String, Long> values) {
        return DrmEngines.kind(List.of(client("any", values)));
    }

    static DrmClient client(String driver, Map<String, Long> values) {
        return new DrmClient(driver, null, 1, values);
    }
}

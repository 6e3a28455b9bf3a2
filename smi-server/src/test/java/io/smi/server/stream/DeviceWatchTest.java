package io.smi.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.schema.ErrorKind;
import io.smi.schema.FrameError;
import io.smi.schema.Gpu;
import io.smi.schema.GpuBuilder;
import io.smi.schema.GpuState;
import io.smi.schema.Section;
import io.smi.schema.Xid;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeviceWatchTest {
    private static final Gpu A = GpuBuilder.builder().uuid("A").build();
    private static final Gpu B = GpuBuilder.builder().pciBusId("0000:01:00.0").build();

    private final DeviceWatch watch = new DeviceWatch();
    private long seq;

    private List<String> next(List<Gpu> gpus, FrameError... errors) {
        return watch.next(Frames.of(++seq, gpus, errors)).stream()
                .map(event -> new String(event.bytes(), StandardCharsets.UTF_8))
                .toList();
    }

    private static FrameError error(Section section, ErrorKind kind) {
        return new FrameError(section, "nvml", kind, "x");
    }

    private static String event(String kind, String device, long seq, String changed) {
        return "event: device." + kind + "\ndata: {\"uuid\":\"" + device + "\",\"seq\":" + seq + ",\"changed\":{"
                + changed + "}}\n\n";
    }

    @Test
    void theFirstFrameIsNoNews() {
        assertThat(next(List.of(A, B))).isEmpty();
        assertThat(next(List.of(A, B))).isEmpty();
    }

    @Test
    void tellsWhoCameAndWentByTheirIdentity() {
        next(List.of(A));
        assertThat(next(List.of(A, B))).containsExactly(event("added", "0000:01:00.0", 2, ""));
        assertThat(next(List.of(B))).containsExactly(event("removed", "A", 3, ""));
        assertThat(next(List.of(A)))
                .containsExactly(event("removed", "0000:01:00.0", 4, ""), event("added", "A", 4, ""));
        assertThat(next(List.of())).containsExactly(event("removed", "A", 5, ""));
        assertThat(next(List.of())).isEmpty();
    }

    @Test
    void tellsWhatHasChangedFromWhatToWhat() {
        next(List.of(A));
        Gpu changed = GpuBuilder.builder(A)
                .state(GpuState.DEGRADED)
                .throttleReasons(List.of("hw_slowdown", "power \"cap\""))
                .xid(new Xid(3L, 79, null))
                .build();
        assertThat(next(List.of(changed)))
                .containsExactly(event(
                        "updated",
                        "A",
                        2,
                        "\"state\":[null,\"degraded\"],"
                                + "\"throttle_reasons\":[null,[\"hw_slowdown\",\"power \\\"cap\\\"\"]],"
                                + "\"xid.total\":[null,3]"));
        Gpu less = GpuBuilder.builder(changed).throttleReasons(List.of()).build();
        assertThat(next(List.of(less)))
                .containsExactly(
                        event("updated", "A", 3, "\"throttle_reasons\":[[\"hw_slowdown\",\"power \\\"cap\\\"\"],[]]"));
        Gpu more = GpuBuilder.builder(less).xid(new Xid(4L, 48, null)).build();
        assertThat(next(List.of(more))).containsExactly(event("updated", "A", 4, "\"xid.total\":[3,4]"));
    }

    @Test
    void readingsAreNoNews() {
        next(List.of(A));
        assertThat(next(List.of(GpuBuilder.builder(A)
                        .temperatureCelsius(70.0)
                        .utilizationPercent(3.0)
                        .index(4)
                        .build())))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = ErrorKind.class,
            names = {"TIMEOUT", "STALE", "FAILED"})
    void whereGpusCouldNotBeReadNoneHasGone(ErrorKind kind) {
        next(List.of(A, B));
        assertThat(next(List.of(), error(Section.GPU, kind))).isEmpty();
        assertThat(next(List.of(B), error(Section.GPU, kind))).isEmpty();
        assertThat(next(List.of(A, B))).as("nor come back").isEmpty();
        assertThat(next(List.of(B), error(Section.CPU, kind))).hasSize(1);
    }

    @Test
    void oneThatCouldNotBeReadBeforeIsNotNew() {
        next(List.of(), error(Section.GPU, ErrorKind.TIMEOUT));
        assertThat(next(List.of(A), error(Section.GPU, ErrorKind.STALE))).isEmpty();
        assertThat(next(List.of(A, B))).isEmpty();
        assertThat(next(List.of(B))).containsExactly(event("removed", "A", 4, ""));
        assertThat(next(List.of(A, B))).containsExactly(event("added", "A", 5, ""));
    }

    @Test
    void oneThatWentWhileGpusCouldNotBeReadIsToldOfAfterwards() {
        next(List.of(A, B));
        next(List.of(), error(Section.GPU, ErrorKind.TIMEOUT));
        assertThat(next(List.of(B))).containsExactly(event("removed", "A", 3, ""));
    }

    @Test
    void aPermissionThatIsLackingHidesNoGpu() {
        next(List.of(A, B));
        assertThat(next(List.of(B), error(Section.GPU, ErrorKind.DENIED))).hasSize(1);
    }

    @Test
    void aFrameWithoutGpusSaysNothingOfThem() {
        next(List.of(A));
        assertThat(watch.next(Frames.without(++seq))).isEmpty();
        assertThat(next(List.of(A))).isEmpty();
    }

    @Test
    void gpusWithoutAnIdentityAreNotToldOf() {
        Gpu nobody = GpuBuilder.builder().name("x").build();
        next(List.of(nobody));
        assertThat(next(List.of(nobody, nobody, A))).containsExactly(event("added", "A", 2, ""));
        assertThat(next(List.of(A))).isEmpty();
    }
}

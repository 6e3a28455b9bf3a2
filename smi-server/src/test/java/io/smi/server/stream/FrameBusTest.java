package io.smi.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.schema.EncodedFrame;
import io.smi.schema.Gpu;
import io.smi.schema.GpuBuilder;
import io.smi.schema.Section;
import io.smi.schema.SnapshotFrame;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FrameBusTest {
    private static final Gpu A = GpuBuilder.builder().uuid("A").build();
    private static final Gpu B = GpuBuilder.builder().uuid("B").build();
    private static final Selection ALL = new Selection(Set.of(Section.GPU), null);

    private final FrameBus bus = new FrameBus(1000);

    private FrameEvents publish(long seq, Gpu... gpus) {
        bus.publish(Frames.live(Frames.of(seq, List.of(gpus))));
        FrameEvents newest = bus.get(seq);
        assertThat(newest).isNotNull();
        return newest;
    }

    private static String text(byte @Nullable [] bytes) {
        assertThat(bytes).isNotNull();
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void isEmptyAtFirst() {
        assertThat(bus.newest()).isNull();
        assertThat(bus.get(1000)).isNull();
        assertThat(bus.get(999)).isNull();
        assertThat(bus.count()).isZero();
        assertThat(bus.head()).isEqualTo(999);
    }

    @Test
    void holdsTheLastFrames() {
        List<Long> told = new ArrayList<>();
        bus.onFrame(() -> told.add(bus.head()));
        for (long seq = 1000; seq < 1040; seq++) {
            assertThat(publish(seq).seq()).isEqualTo(seq);
        }
        assertThat(told).hasSize(40).startsWith(1000L).endsWith(1039L);
        assertThat(bus.count()).isEqualTo(40);
        assertThat(bus.first()).isEqualTo(1000);
        for (long seq = 990; seq < 1060; seq++) {
            FrameEvents events = bus.get(seq);
            if (seq > 1039 - FrameBus.RING && seq <= 1039) {
                assertThat(events).isNotNull();
                assertThat(events.seq()).isEqualTo(seq);
            } else {
                assertThat(events).isNull();
            }
        }
    }

    @Test
    void aFrameIsAnEventOfTheSameBytes() {
        SnapshotFrame frame = Frames.of(1000, List.of(A, B));
        bus.publish(Frames.live(frame));
        assertThat(bus.newest()).isNotNull().matches(newest -> newest.frame().equals(frame));
        FrameEvents events = bus.get(1000);
        assertThat(events).isNotNull();
        assertThat(text(events.of(ALL, true, true)))
                .isEqualTo("id: 1000\nevent: snapshot\ndata: "
                        + text(EncodedFrame.of(frame).bytes()) + "\n\n");
        Selection onlyB = new Selection(Set.of(Section.GPU), Set.of("B"));
        assertThat(text(events.of(onlyB, true, true))).contains("\"gpus\":[{\"index\":null,\"uuid\":\"B\"");
        Selection none = new Selection(Set.of(Section.GPU), Set.of("C"));
        assertThat(text(events.of(none, true, true))).contains("\"gpus\":[],\"errors\":[]}");
        Selection memory = new Selection(Set.of(Section.MEMORY), null);
        assertThat(text(events.of(memory, true, true))).contains("\"hostname\":\"h\",\"errors\":[]}");
        assertThat(events.of(ALL, true, false)).isNull();
    }

    @Test
    void devicesAreToldOfBeforeTheFrame() {
        publish(1000, A);
        FrameEvents events = publish(1001, A, B);
        String device = "event: device.added\ndata: {\"uuid\":\"B\",\"seq\":1001,\"changed\":{}}\n\n";
        assertThat(text(events.of(ALL, true, true))).startsWith(device + "id: 1001\n");
        assertThat(text(events.of(ALL, false, true))).startsWith("id: 1001\n");
        assertThat(text(events.of(ALL, true, false))).isEqualTo(device);
        assertThat(events.of(ALL, false, false)).isNull();
        for (Selection other :
                List.of(new Selection(Set.of(Section.GPU), Set.of("A")), new Selection(Set.of(Section.CPU), null))) {
            assertThat(events.of(other, true, false)).isNull();
            assertThat(text(events.of(other, true, true))).startsWith("id: 1001\n");
        }
    }

    @Test
    void whoWantsTheSamePartOfTheNewestFrameSharesIt() {
        FrameEvents events = publish(1000, A);
        Selection same = new Selection(Set.of(Section.GPU), null);
        assertThat(events.of(ALL, true, true)).isSameAs(events.of(same, false, true));
    }

    @Test
    void theOneBeforeTheNewestIsStillShared() {
        FrameEvents before = publish(1000, A);
        byte[] shared = before.of(ALL, true, true);
        publish(1001, A);
        assertThat(before.of(ALL, true, true)).as("for those whose turn comes").isSameAs(shared);
    }

    @Test
    void anOldFrameKeepsNothing() {
        FrameEvents old = publish(1000, A);
        byte[] before = old.of(ALL, true, true);
        publish(1001, A);
        publish(1002, A);
        assertThat(old.of(ALL, true, true))
                .isEqualTo(before)
                .isNotSameAs(before)
                .isNotSameAs(old.of(ALL, true, true));
    }

    @Test
    @SuppressWarnings("ReferenceEquality") // whether it was kept, or made again
    void whateverClientsAskForAFrameKeepsLittleOfIt() {
        FrameEvents events = publish(1000, A);
        int kept = 0;
        for (int i = 0; i < 1000; i++) {
            Selection own = new Selection(Set.of(Section.GPU), Set.of("A", "none" + i));
            byte[] made = events.of(own, true, true);
            kept += made == events.of(own, true, true) ? 1 : 0;
        }
        assertThat(kept).isBetween(10, 100);
    }
}

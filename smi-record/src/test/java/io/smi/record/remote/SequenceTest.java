package io.smi.record.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.record.Line;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SequenceTest {
    private final List<String> notices = new ArrayList<>();
    private Sequence sequence = new Sequence(null, notices::add);

    private void throttle(@Nullable Duration throttle) {
        sequence = new Sequence(throttle, notices::add);
    }

    /** The numbers of the frames that a new connection brings. */
    private List<Long> connection(String stream) throws IOException {
        sequence.connected();
        EventReader reader = new EventReader(new ByteArrayInputStream(stream.getBytes(StandardCharsets.UTF_8)));
        List<Long> seqs = new ArrayList<>();
        for (Event event = reader.next(); event != null; event = reader.next()) {
            Line line = sequence.take(event);
            if (line != null) {
                seqs.add(line.seq());
            }
        }
        return seqs;
    }

    @Test
    void framesWithoutAGap() throws IOException {
        assertThat(connection(Frames.state("{\"mode\":\"normal\"}") + Frames.events(5, 6, 7)))
                .containsExactly(5L, 6L, 7L);
        assertThat(connection(Frames.events(8))).containsExactly(8L);
        assertThat(notices).isEmpty();
        assertThat(sequence.missed()).isZero();
    }

    @Test
    void gapIsToldAndCountedOnceAlsoWhenTheServerTellsIt() throws IOException {
        assertThat(connection(Frames.event(5) + Frames.lag(12) + Frames.events(18, 19, 21)))
                .containsExactly(5L, 18L, 19L, 21L);
        assertThat(notices)
                .containsExactly("missed 12 frames: after seq 5, next 18", "missed 1 frame: after seq 19, next 21");
        assertThat(sequence.missed()).isEqualTo(13);
    }

    /** The server tells it anew: the one who was told had not yet got a frame after it. */
    @Test
    void lagThatIsToldTwiceIsOneGap() throws IOException {
        connection(Frames.event(5) + Frames.lag(12));
        connection(Frames.lag(20) + Frames.event(26));
        assertThat(notices).containsExactly("missed 20 frames: after seq 5, next 26");
        assertThat(sequence.missed()).isEqualTo(20);
    }

    @Test
    void framesThatComeAgainAfterABreakAreDropped() throws IOException {
        connection(Frames.events(5, 6));
        assertThat(connection(Frames.events(5, 6, 7))).containsExactly(7L);
        assertThat(notices).isEmpty();
        assertThat(connection(Frames.events(8, 8, 9))).containsExactly(8L, 9L);
        assertThat(notices).containsExactly("left out a frame whose seq is not new: 8 after 8");
    }

    @Test
    void afterARestartNobodyKnowsWhatIsMissing() throws IOException {
        connection(Frames.events(5, 6));
        assertThat(connection(Frames.state("{\"mode\":\"normal\",\"restarted\":true}") + Frames.events(1000, 1001)))
                .containsExactly(1000L, 1001L);
        assertThat(notices)
                .containsExactly("the server was started anew: nobody knows how many frames are missing after seq 6");
        assertThat(sequence.missed()).isZero();
        assertThat(sequence.restarts()).isEqualTo(1);
    }

    @Test
    void goesOnAfterAFrameThatIsKeptElsewhere() throws IOException {
        connection(Frames.event(9));
        sequence.after(5);
        assertThat(sequence.last()).isEqualTo(5);
        assertThat(connection(Frames.events(5, 6) + Frames.events(9))).containsExactly(6L, 9L);
        assertThat(notices).containsExactly("missed 2 frames: after seq 6, next 9");
        assertThat(sequence.missed()).isEqualTo(2);
    }

    @Test
    void afterAFrameOfAnotherRunNobodyKnowsWhatIsMissing() throws IOException {
        connection("event: snapshot\ndata: nothing\n\n" + Frames.event(1000));
        sequence.after(5);
        assertThat(sequence.missed()).isZero();
        notices.clear();
        assertThat(connection(Frames.state("{\"mode\":\"normal\",\"restarted\":true}") + Frames.event(1000)))
                .containsExactly(1000L);
        assertThat(notices)
                .containsExactly("the server was started anew: nobody knows how many frames are missing after seq 5");
        assertThat(sequence.missed()).isZero();
        assertThat(sequence.restarts()).isEqualTo(1);
    }

    /** How long ago it was is not known, and the server counts frames that nobody has asked for. */
    @Test
    void withAThrottleNobodyKnowsWhatIsMissingAfterAFrameThatIsKeptElsewhere() throws IOException {
        throttle(Duration.ofSeconds(5));
        sequence.after(5);
        connection(Frames.lag(29) + Frames.event(35));
        connection(Frames.events(40));
        assertThat(notices)
                .containsExactly("nobody knows how many frames are missing after seq 5, next 35:"
                        + " of those that the server made meanwhile it has dropped 29");
        assertThat(sequence.missed()).isZero();
    }

    @Test
    void serverWhoseClockWasSetBackIsRecordedAllTheSame() throws IOException {
        connection(Frames.events(5, 6));
        assertThat(connection(Frames.state("{\"mode\":\"normal\",\"restarted\":true}") + Frames.events(2, 3)))
                .containsExactly(2L, 3L);
        assertThat(notices).last().isEqualTo("the server's clock was set back: seq 6 is followed by 2");
    }

    @Test
    void withAThrottleGapsAreAsAskedFor() throws IOException {
        throttle(Duration.ofSeconds(5));
        assertThat(connection(Frames.events(5, 10, 15))).containsExactly(5L, 10L, 15L);
        assertThat(notices).isEmpty();
        assertThat(sequence.missed()).isZero();
    }

    /** Of 29 frames that the server dropped, five were due: at 10, 15, 20, 25 and 30 s. */
    @Test
    void withAThrottleOnlyFramesThatWereDueAreMissing() throws IOException {
        throttle(Duration.ofSeconds(5));
        connection(Frames.event(5));
        connection(Frames.lag(29) + Frames.event(35));
        assertThat(notices).containsExactly("missed 5 frames: after seq 5, next 35");
        connection(Frames.lag(3) + Frames.event(40));
        assertThat(sequence.missed()).isEqualTo(5);
        assertThat(notices).hasSize(1);
    }

    @Test
    void withAThrottleLagThatIsToldTwiceIsOneLag() throws IOException {
        throttle(Duration.ofSeconds(1));
        connection(Frames.event(5) + Frames.lag(3));
        connection(Frames.lag(4) + "id: 10\nevent: snapshot\ndata: " + Frames.json(10, 50) + "\n\n");
        assertThat(sequence.missed()).isEqualTo(4);
    }

    @Test
    void withAThrottleAClockThatWasSetSaysNothing() throws IOException {
        throttle(Duration.ofSeconds(5));
        connection(Frames.event(35));
        String back = "id: 40\nevent: snapshot\ndata: " + Frames.json(40, 2) + "\n\n";
        connection(Frames.lag(4) + back);
        assertThat(sequence.missed()).isEqualTo(4);
        String ahead = "id: 42\nevent: snapshot\ndata: " + Frames.json(42, 59) + "\n\n";
        connection(Frames.lag(1) + ahead);
        assertThat(sequence.missed()).isEqualTo(5);
    }

    @Test
    void damagedFrameIsToldAndCountedOnce() throws IOException {
        String damaged = "id: 6\nevent: snapshot\ndata: {\"schema\":1,\"seq\":6,\n\n";
        assertThat(connection(Frames.event(5) + damaged + Frames.event(7))).containsExactly(5L, 7L);
        assertThat(notices).singleElement().asString().startsWith("missed frame 6, which came damaged: ");
        assertThat(sequence.missed()).isEqualTo(1);
    }

    @Test
    void damagedFrameOfAServerWithoutIdsIsCountedOnceToo() throws IOException {
        String events = Frames.event(5) + "event: snapshot\ndata: nothing\n\n" + Frames.event(7);
        assertThat(connection(events.replace("id: ", "x: "))).containsExactly(5L, 7L);
        assertThat(notices).singleElement().asString().startsWith("missed a frame, which came damaged: ");
        assertThat(sequence.missed()).isEqualTo(1);
    }

    @Test
    void damagedFrameBeforeAllOthersSaysNothingOfTheirNumbers() throws IOException {
        assertThat(connection("event: snapshot\ndata: nothing\n\n" + Frames.events(1_700_000_000_000L)))
                .containsExactly(1_700_000_000_000L);
        assertThat(sequence.missed()).isEqualTo(1);
    }

    @Test
    void frameOfMoreThanOneLineIsNone() throws IOException {
        String twoLines =
                "id: 5\nevent: snapshot\ndata: " + Frames.json(5).replace(",\"errors", "\ndata: ,\"errors") + "\n\n";
        assertThat(connection(twoLines)).isEmpty();
        assertThat(notices).containsExactly("missed a frame, which came damaged: it has more than one line");
    }

    @Test
    void eventsOfOtherKindsAreNoFrames() throws IOException {
        assertThat(connection("data: " + Frames.json(5) + "\n\nevent: heartbeat\ndata: {}\n\n"
                        + "event: lag\ndata: what\n\nevent: server.state\ndata: [1]\n\n"))
                .isEmpty();
        assertThat(notices).isEmpty();
    }

    @Test
    void drainingIsRemembered() throws IOException {
        connection(Frames.state("{\"mode\":\"normal\"}") + Frames.state("{\"mode\":\"draining\"}"));
        assertThat(sequence.isDraining()).isTrue();
        connection(Frames.state("{\"mode\":\"normal\"}"));
        assertThat(sequence.isDraining()).isFalse();
    }
}

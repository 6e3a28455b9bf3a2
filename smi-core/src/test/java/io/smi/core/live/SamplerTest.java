package io.smi.core.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smi.core.FakeMachine;
import io.smi.schema.ErrorKind;
import io.smi.schema.FrameError;
import io.smi.schema.Section;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SamplerTest {
    private static final Set<Section> MEMORY = Set.of(Section.MEMORY);
    private static final Set<Section> NETWORK = Set.of(Section.NETWORK);
    /** Of an interval that no test lives to see. */
    private static final Duration NEVER = Duration.ofHours(1);

    private final FakeMachine machine = new FakeMachine();
    private final BlockingQueue<LiveFrame> published = new LinkedBlockingQueue<>();
    private final CompletableFuture<Throwable> death = new CompletableFuture<>();
    private final Demand demand = new Demand(MEMORY, Long.MAX_VALUE / 2);
    private Sampler sampler = sampler(NEVER, published::add);

    @AfterEach
    void end() {
        sampler.close();
    }

    @Test
    void theFirstTickIsAtOnceAndTheNextFollow() throws Exception {
        sampler = sampler(Duration.ofMillis(50), published::add);
        sampler.start();
        assertThat(next().seq()).isEqualTo(7);
        assertThat(next().seq()).isEqualTo(8);
        LiveFrame third = next();
        assertThat(third.seq()).isEqualTo(9);
        assertThat(third.frame().intervalMs()).isPositive();
        assertThat(new String(third.encoded().bytes(), java.nio.charset.StandardCharsets.UTF_8))
                .contains("\"seq\":9,");
        assertThat(third.readers())
                .singleElement()
                .matches(stats -> stats.success() && stats.reader().equals("meminfo"));
    }

    @Test
    void readsOnlyWhatIsWanted() throws Exception {
        sampler.start();
        assertThat(next().frame().sections()).isEqualTo(MEMORY);
        assertThat(machine.networkCalls()).isZero();
    }

    @Test
    void aFreshFrameHoldsWhatItIsAskedForAndWhatIsWantedAnyway() throws Exception {
        sampler.start();
        next();
        LiveFrame fresh = sampler.fresh(NETWORK).get(1, TimeUnit.MINUTES);
        assertThat(fresh.frame().sections()).containsExactlyInAnyOrder(Section.MEMORY, Section.NETWORK);
        assertThat(next()).as("published like a tick").isSameAs(fresh);
        assertThat(fresh.seq()).isEqualTo(8);
        assertThat(fresh.frame().intervalMs()).as("rates over less say little").isGreaterThanOrEqualTo(50);
    }

    @Test
    void whoAsksWhileItRunsSharesIt() throws Exception {
        CountDownLatch hang = machine.memoryHangs();
        sampler.start();
        await(() -> machine.memoryCalls() == 1);
        CompletableFuture<LiveFrame> one = sampler.fresh(MEMORY);
        CompletableFuture<LiveFrame> two = sampler.fresh(MEMORY);
        CompletableFuture<LiveFrame> other = sampler.fresh(NETWORK);
        CompletableFuture<LiveFrame> both = sampler.fresh(Set.of(Section.NETWORK, Section.MEMORY));
        hang.countDown();
        assertThat(one.get(1, TimeUnit.MINUTES)).isSameAs(two.get(1, TimeUnit.MINUTES));
        assertThat(other.get(1, TimeUnit.MINUTES)).isSameAs(both.get(1, TimeUnit.MINUTES));
        assertThat(published).hasSize(2);
        assertThat(machine.memoryCalls()).isEqualTo(2);
    }

    @Test
    void aReaderThatHangsIsToldAndDelaysNoLaterFrame() throws Exception {
        sampler = sampler(Duration.ofMillis(50), published::add);
        CountDownLatch hang = machine.memoryHangs();
        sampler.start();
        assertThat(kinds(next())).containsExactly(ErrorKind.TIMEOUT);
        LiveFrame second = next();
        assertThat(kinds(second)).containsExactly(ErrorKind.STALE);
        assertThat(second.readers()).singleElement().matches(stats -> !stats.success() && stats.timeoutsTotal() == 1);
        assertThat(kinds(next())).containsExactly(ErrorKind.STALE);
        assertThat(machine.memoryCalls()).as("not started twice").isEqualTo(1);
        machine.memory(5);
        hang.countDown();
        await(() -> kinds(next()).isEmpty());
    }

    @Test
    void itsEndIsToldToAllWhoWait() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        sampler = sampler(NEVER, frame -> {
            awaitQuietly(asked);
            throw new IllegalStateException("the bus is broken");
        });
        sampler.start();
        await(() -> machine.memoryCalls() == 1);
        CompletableFuture<LiveFrame> running = sampler.fresh(MEMORY);
        CompletableFuture<LiveFrame> pending = sampler.fresh(NETWORK);
        asked.countDown();
        assertThat(death.get(1, TimeUnit.MINUTES)).hasMessage("the bus is broken");
        for (CompletableFuture<LiveFrame> frame : List.of(running, pending, sampler.fresh(MEMORY))) {
            assertThatThrownBy(() -> frame.get(1, TimeUnit.MINUTES)).isInstanceOf(ExecutionException.class);
        }
    }

    @Test
    void closingItIsNoDeath() throws Exception {
        sampler.start();
        next();
        sampler.close();
        // A collection whose frame has been published may not be over yet.
        await(() -> sampler.fresh(MEMORY).isCompletedExceptionally());
        assertThat(death).isNotDone();
    }

    private Sampler sampler(Duration interval, Consumer<LiveFrame> publish) {
        return new Sampler(machine.collector(7, Duration.ofMinutes(5)), interval, demand, publish, death::complete);
    }

    private LiveFrame next() throws InterruptedException {
        LiveFrame frame = published.poll(1, TimeUnit.MINUTES);
        assertThat(frame).isNotNull();
        return frame;
    }

    private static List<ErrorKind> kinds(LiveFrame frame) {
        return frame.frame().errors().stream().map(FrameError::kind).toList();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Something that comes true, or fails by throwing. */
    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(Condition condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (!condition.holds()) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.sleep(1);
        }
    }
}

package io.smi.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReaderPoolTest {
    private static final int MANY = 20;

    private final ReaderPool pool = new ReaderPool();
    private final CountDownLatch release = new CountDownLatch(1);

    private final Callable<String> hangs = () -> {
        release.await();
        return "late";
    };

    @AfterEach
    void letGo() {
        release.countDown();
        pool.close();
    }

    @Test
    void callsThatHangDelayNoOther() throws Exception {
        List<Future<String>> hanging = startMany(hangs);
        assertThat(pool.await(pool.start(() -> "in time"), farAway())).isEqualTo("in time");
        assertThat(hanging).noneMatch(Future::isDone);
    }

    @Test
    void callsKnownToHangTakeNoThreadFromTheOthers() throws Exception {
        startMany(hangs);
        pool.hanging(MANY);
        for (Future<String> call : startMany(() -> "in time")) {
            // not through the pool, which would make room only now
            assertThat(call.get(1, TimeUnit.MINUTES)).isEqualTo("in time");
        }
    }

    @Test
    void callsThatHungAnswerWhenTheyAreLetGo() throws Exception {
        List<Future<String>> hanging = startMany(hangs);
        release.countDown();
        for (Future<String> call : hanging) {
            assertThat(pool.await(call, farAway())).isEqualTo("late");
        }
        pool.hanging(0);
        assertThat(pool.await(pool.start(() -> "in time"), farAway())).isEqualTo("in time");
    }

    @Test
    void noOneIsAwaitedBeyondTheDeadline() {
        Future<String> call = pool.start(hangs);
        assertThatThrownBy(() -> pool.await(call, System.nanoTime())).isInstanceOf(TimeoutException.class);
        assertThatThrownBy(() -> pool.await(call, System.nanoTime() - 1)).isInstanceOf(TimeoutException.class);
    }

    @Test
    void whoHasAnsweredIsHeardEvenAfterTheDeadline() throws Exception {
        Future<String> call = pool.start(() -> "in time");
        pool.await(call, farAway());
        assertThat(pool.await(call, System.nanoTime() - 1)).isEqualTo("in time");
    }

    @Test
    void whatACallThrowsIsTheCause() {
        Future<String> call = pool.start(() -> {
            throw new IOException("no such device");
        });
        assertThatThrownBy(() -> pool.await(call, farAway()))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .hasMessage("no such device");
    }

    @Test
    void threadsAreDaemonsWithAName() throws Exception {
        Thread thread = pool.await(pool.start(Thread::currentThread), farAway());
        assertThat(thread.isDaemon()).isTrue();
        assertThat(thread.getName()).startsWith("smi-reader-");
    }

    private List<Future<String>> startMany(Callable<String> call) {
        List<Future<String>> calls = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            calls.add(pool.start(call));
        }
        return calls;
    }

    private static long farAway() {
        return System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    }
}

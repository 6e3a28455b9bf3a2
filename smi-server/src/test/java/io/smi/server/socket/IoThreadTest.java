package io.smi.server.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xnio.XnioExecutor;
import org.xnio.XnioIoThread;
import org.xnio.XnioWorker;

@Timeout(60)
class IoThreadTest {
    private XnioWorker worker;
    private IoThread thread;

    @BeforeEach
    void start() throws IOException {
        worker = TestServer.worker();
        thread = new IoThread(worker, "test");
        thread.start();
    }

    @AfterEach
    void stop() {
        thread.shutdown();
        worker.shutdown();
    }

    @Test
    void runsTasksInOrderOnItself() throws InterruptedException {
        Queue<Object> seen = new ConcurrentLinkedQueue<>();
        thread.execute(() -> seen.add(XnioIoThread.currentThread()));
        thread.execute(() -> seen.add("second"));
        settle();
        assertThat(seen).containsExactly(thread, "second");
    }

    @Test
    void survivesATaskThatThrows() throws InterruptedException {
        thread.execute(() -> {
            throw new IllegalStateException("thrown by a test");
        });
        thread.execute(() -> {
            throw new AssertionError("thrown by a test");
        });
        settle();
    }

    @Test
    void survivesAListenerThatThrows() throws IOException, InterruptedException {
        Pipe pipe = Pipe.open();
        pipe.source().configureBlocking(false);
        CountDownLatch twice = new CountDownLatch(2);
        thread.register(pipe.source(), SelectionKey.OP_READ, ops -> {
            twice.countDown();
            throw new IOException("thrown by a test");
        });
        pipe.sink().write(ByteBuffer.allocate(1));
        thread.wakeup();
        twice.await();
        pipe.source().close();
        pipe.sink().close();
        settle();
    }

    @Test
    void survivesAnInterrupt() throws InterruptedException {
        AtomicBoolean interrupted = new AtomicBoolean(true);
        thread.interrupt();
        settle();
        thread.execute(() -> interrupted.set(Thread.currentThread().isInterrupted()));
        settle();
        assertThat(interrupted).isFalse();
    }

    @Test
    void runsDelayedTasksWhenTheyAreDue() throws InterruptedException {
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        CountDownLatch done = new CountDownLatch(3);
        thread.execute(
                () -> { // on the thread, so that all three deadlines are made before one is looked at
                    thread.executeAfter(() -> note(seen, "late", done), 60, TimeUnit.MILLISECONDS);
                    thread.executeAfter(() -> note(seen, "soon", done), 1, TimeUnit.MILLISECONDS);
                    assertThat(thread.executeAfter(() -> note(seen, "now", done), 0, TimeUnit.SECONDS))
                            .isSameAs(XnioExecutor.Key.IMMEDIATE);
                });
        done.await();
        assertThat(seen).containsExactly("now", "soon", "late");
    }

    @Test
    void aDelayIsWaitedFor() throws InterruptedException {
        long start = System.nanoTime();
        CountDownLatch done = new CountDownLatch(1);
        thread.executeAfter(done::countDown, 20, TimeUnit.MILLISECONDS);
        done.await();
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(20));
    }

    @Test
    void aRemovedTaskDoesNotRun() throws InterruptedException {
        AtomicBoolean ran = new AtomicBoolean();
        CountDownLatch after = new CountDownLatch(1);
        XnioExecutor.Key key = thread.executeAfter(() -> ran.set(true), 30, TimeUnit.MILLISECONDS);
        thread.executeAfter(after::countDown, 40, TimeUnit.MILLISECONDS);
        thread.executeAfter(() -> ran.set(true), Long.MAX_VALUE, TimeUnit.DAYS);
        assertThat(key.remove()).isTrue();
        assertThat(key.remove()).isFalse();
        after.await();
        assertThat(ran).isFalse();
    }

    @Test
    void repeatsATaskEvenOneThatThrowsUntilItIsRemoved() throws InterruptedException {
        AtomicInteger runs = new AtomicInteger();
        XnioExecutor.Key key = thread.executeAtInterval(
                () -> {
                    runs.incrementAndGet();
                    throw new IllegalStateException("thrown by a test");
                },
                1,
                TimeUnit.MILLISECONDS);
        Await.until(() -> runs.get() >= 3);
        assertThat(key.remove()).isTrue();
        assertThat(key.remove()).isFalse();
        settle();
        int last = runs.get();
        CountDownLatch later = new CountDownLatch(1);
        thread.executeAfter(later::countDown, 20, TimeUnit.MILLISECONDS);
        later.await();
        assertThat(runs).hasValue(last);
    }

    @Test
    void aTaskThatPostsItselfStarvesNoSocket() throws IOException, InterruptedException {
        AtomicBoolean stop = new AtomicBoolean();
        Runnable selfish = new Runnable() {
            @Override
            public void run() {
                if (!stop.get()) {
                    thread.execute(this);
                }
            }
        };
        thread.execute(selfish);
        Pipe pipe = Pipe.open();
        pipe.source().configureBlocking(false);
        CountDownLatch ready = new CountDownLatch(1);
        thread.register(pipe.source(), SelectionKey.OP_READ, ops -> ready.countDown());
        pipe.sink().write(ByteBuffer.allocate(1));
        ready.await();
        stop.set(true);
        pipe.source().close();
        pipe.sink().close();
    }

    @Test
    void refusesTasksWhenItHasEnded() {
        thread.shutdown();
        assertThat(thread.isAlive()).isFalse();
        for (Runnable call : List.<Runnable>of(
                () -> thread.execute(() -> {}), () -> thread.executeAfter(() -> {}, 1, TimeUnit.SECONDS))) {
            assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(call::run);
        }
    }

    @Test
    void mayBeEndedByItself() throws InterruptedException {
        thread.execute(thread::shutdown);
        thread.join();
        assertThat(thread.isAlive()).isFalse();
    }

    private static void note(Queue<String> seen, String what, CountDownLatch done) {
        seen.add(what);
        done.countDown();
    }

    /** Returns when what was posted before has run. */
    private void settle() throws InterruptedException {
        CountDownLatch ran = new CountDownLatch(1);
        thread.execute(ran::countDown);
        ran.await();
    }
}

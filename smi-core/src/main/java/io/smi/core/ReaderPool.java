package io.smi.core;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that readers run on. A few are enough while readers are quick; whenever nothing has moved for a moment
 * and calls still wait, one more is started, so that a reader that hangs delays no other.
 */
public final class ReaderPool implements AutoCloseable {
    /** Longer than any healthy reader takes, short beside any deadline. */
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private static final int USUAL_THREADS = Math.min(2, Runtime.getRuntime().availableProcessors());

    private final AtomicInteger threadNumber = new AtomicInteger();
    private final ThreadPoolExecutor executor = new ThreadPoolExecutor(
            USUAL_THREADS, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                Thread thread = new Thread(task, "smi-reader-" + threadNumber.incrementAndGet());
                thread.setDaemon(true);
                return thread;
            });

    /** Starts a call as soon as there is a thread for it. */
    public <T> Future<T> start(Callable<T> call) {
        return executor.submit(call);
    }

    /** Says how many calls are known to hang, each of which holds a thread. */
    public void hanging(int calls) {
        resize(USUAL_THREADS + calls);
    }

    /** Where the system gives no more threads, the calls wait for those that there are. */
    private void resize(int threads) {
        try {
            executor.setCorePoolSize(threads);
        } catch (OutOfMemoryError e) {
            // the deadline tells of those that waited in vain
        }
    }

    /**
     * Waits for a call.
     *
     * @param deadline on the clock of {@link System#nanoTime}
     * @throws TimeoutException when it is not done by the deadline
     */
    public <T> T await(Future<T> call, long deadline)
            throws ExecutionException, TimeoutException, InterruptedException {
        while (true) {
            long left = deadline - System.nanoTime();
            try {
                return call.get(Math.min(PATIENCE_NANOS, Math.max(0, left)), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                if (left <= PATIENCE_NANOS) {
                    throw e;
                }
                if (!executor.getQueue().isEmpty()) {
                    resize(executor.getPoolSize() + 1);
                }
            }
        }
    }

    /** Lets go of all threads; those that hang are daemons and end with the process. */
    @Override
    public void close() {
        executor.shutdownNow();
    }
}

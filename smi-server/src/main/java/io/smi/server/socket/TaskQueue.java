package io.smi.server.socket;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.RejectedExecutionException;
import org.xnio.XnioExecutor;

/** What an I/O thread has to run besides its sockets: at once, or when it is due. For any thread. */
final class TaskQueue {
    /** Far enough for ever, near enough that two deadlines can be subtracted. */
    private static final long MAX_DELAY_NANOS = Long.MAX_VALUE >> 1;

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final TreeSet<Timer> timers = new TreeSet<>();
    private long timersMade;
    private boolean closed;

    private final class Timer implements XnioExecutor.Key, Comparable<Timer> {
        private final Runnable task;
        private final long deadline;
        private final long number;

        Timer(Runnable task, long deadline, long number) {
            this.task = task;
            this.deadline = deadline;
            this.number = number;
        }

        @Override
        public int compareTo(Timer other) {
            long difference = deadline == other.deadline ? number - other.number : deadline - other.deadline;
            return Long.signum(difference);
        }

        @Override
        public boolean remove() {
            synchronized (TaskQueue.this) {
                return timers.remove(this);
            }
        }
    }

    synchronized void add(Runnable task) {
        refuseWhenClosed();
        tasks.add(task);
    }

    synchronized XnioExecutor.Key addAfter(Runnable task, long delayNanos) {
        refuseWhenClosed();
        long deadline = System.nanoTime() + Math.min(delayNanos, MAX_DELAY_NANOS);
        Timer timer = new Timer(task, deadline, timersMade++);
        timers.add(timer);
        return timer;
    }

    /** The tasks of this moment, in the order in which they were given; what they add waits for the next call. */
    synchronized List<Runnable> takeDue() {
        long now = System.nanoTime();
        while (!timers.isEmpty() && timers.first().deadline - now <= 0) {
            tasks.add(timers.removeFirst().task);
        }
        if (tasks.isEmpty()) {
            return List.of();
        }
        List<Runnable> due = new ArrayList<>(tasks);
        tasks.clear();
        return due;
    }

    /** Until something is due: 0 or less for now, {@link Long#MAX_VALUE} when there is nothing. */
    synchronized long nanosToNext() {
        if (!tasks.isEmpty()) {
            return 0;
        }
        return timers.isEmpty() ? Long.MAX_VALUE : timers.first().deadline - System.nanoTime();
    }

    /** Refuses tasks from now on, and drops those not taken. */
    synchronized void close() {
        closed = true;
        tasks.clear();
        timers.clear();
    }

    private void refuseWhenClosed() {
        if (closed) {
            throw new RejectedExecutionException("the I/O thread has ended");
        }
    }
}

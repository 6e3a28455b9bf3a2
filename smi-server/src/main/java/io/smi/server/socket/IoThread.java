package io.smi.server.socket;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.XnioIoThread;
import org.xnio.XnioWorker;

/**
 * An I/O thread with its own selector, since XNIO's serve no channel but those that XNIO opened itself. Runs one batch
 * of tasks between two looks at the sockets, so that a task that posts itself again does not starve them.
 */
public final class IoThread extends XnioIoThread {
    private static final Logger LOG = System.getLogger(IoThread.class.getName());

    /** How long to wait for the end: a listener that blocks for longer is left to the end of the process. */
    private static final long STOP_MILLIS = 1_000;

    /** XNIO numbers its own from 0. */
    private static final int NUMBER = Integer.MAX_VALUE;

    private final Selector selector = Selector.open();
    private final TaskQueue queue = new TaskQueue();
    private volatile boolean stopping;

    /** What is attached to a key: told on this thread of what the channel is ready for. */
    interface Ready {
        void ready(int ops) throws IOException;
    }

    IoThread(XnioWorker worker, String name) throws IOException {
        super(worker, NUMBER, name);
        setDaemon(true);
    }

    SelectionKey register(SelectableChannel channel, int ops, Ready ready) throws IOException {
        return channel.register(selector, ops, ready);
    }

    /** Makes the selector look again: at the tasks, and at keys that another thread changed. */
    void wakeup() {
        if (Thread.currentThread() != this) {
            selector.wakeup();
        }
    }

    @Override
    public void execute(Runnable task) {
        queue.add(task);
        wakeup();
    }

    @Override
    public Key executeAfter(Runnable task, long time, TimeUnit unit) {
        if (time <= 0) {
            execute(task);
            return Key.IMMEDIATE;
        }
        Key key = queue.addAfter(task, unit.toNanos(time));
        wakeup();
        return key;
    }

    @Override
    public Key executeAtInterval(Runnable task, long time, TimeUnit unit) {
        Repetition repetition = new Repetition(task, time, unit);
        repetition.schedule();
        return repetition;
    }

    /** Runs its task, then waits for the interval. */
    private final class Repetition implements Key, Runnable {
        private final Runnable task;
        private final long time;
        private final TimeUnit unit;
        private @Nullable Key next;
        private boolean removed;

        Repetition(Runnable task, long time, TimeUnit unit) {
            this.task = task;
            this.time = time;
            this.unit = unit;
        }

        synchronized void schedule() {
            if (!removed) {
                next = executeAfter(this, time, unit);
            }
        }

        @Override
        public void run() {
            try {
                task.run();
            } finally {
                schedule();
            }
        }

        @Override
        public synchronized boolean remove() {
            boolean first = !removed;
            removed = true;
            if (next != null) {
                next.remove();
            }
            return first;
        }
    }

    @Override
    public void run() {
        try {
            while (!stopping) {
                Thread.interrupted(); // a selector does not wait while it is set
                runTasks();
                select();
            }
        } catch (IOException e) {
            report("the selector failed, its connections are closed", e);
        } finally {
            closeConnections();
        }
    }

    private void runTasks() {
        for (Runnable task : queue.takeDue()) {
            try {
                task.run();
            } catch (Throwable e) {
                report("a task of the I/O thread failed", e);
            }
        }
    }

    private void select() throws IOException {
        long nanos = queue.nanosToNext();
        if (nanos <= 0) {
            selector.selectNow(IoThread::ready);
        } else if (nanos == Long.MAX_VALUE) {
            selector.select(IoThread::ready);
        } else {
            selector.select(IoThread::ready, 1 + (nanos - 1) / 1_000_000);
        }
    }

    private static void ready(SelectionKey key) {
        try {
            ((Ready) key.attachment()).ready(key.readyOps());
        } catch (CancelledKeyException e) {
            // Closed between the select and here.
        } catch (Throwable e) {
            report("a listener of a socket failed", e);
        }
    }

    private static void report(String what, Throwable thrown) {
        try {
            LOG.log(Level.ERROR, what, thrown);
        } catch (Throwable e) {
            // Logging lacks what the task lacked: memory, file descriptors. The connections must outlive that.
        }
    }

    private void closeConnections() {
        for (SelectionKey key : selector.keys()) {
            if (key.attachment() instanceof SocketConnection connection) {
                IoUtils.safeClose(connection);
            }
        }
        runTasks(); // what their listeners left to be done
        queue.close();
        IoUtils.safeClose(selector);
    }

    /** Closes every connection and ends the thread. */
    void shutdown() {
        stopping = true;
        selector.wakeup(); // on this thread too: the look at the sockets comes next
        if (Thread.currentThread() != this) {
            try {
                join(STOP_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

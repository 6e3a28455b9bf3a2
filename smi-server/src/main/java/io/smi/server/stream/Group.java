package io.smi.server.stream;

import io.smi.server.socket.IoThread;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioExecutor;
import org.xnio.XnioIoThread;

/**
 * The clients of one I/O thread. All but {@link #wake} happens on that thread. A new frame is sent to some of them at a
 * time, so that requests which came meanwhile are not held up.
 */
final class Group {
    /** Clients between two looks at other requests: 2 ms. */
    private static final int CHUNK = 256;

    private static final long PAUSE_MILLIS = 1;
    /** How exact a heartbeat is. */
    private static final long BEAT_MILLIS = 250;

    private static final int FIRST_BUFFER_BYTES = 16 << 10;

    private final Hub hub;
    private final XnioIoThread thread;
    private final List<Client> clients = new ArrayList<>();
    private final AtomicBoolean awake = new AtomicBoolean();
    private final ByteBuffer discarded = ByteBuffer.allocate(512);
    private boolean sweeping;
    /** Of the clients before this place, none has been looked at in this sweep. */
    private int left;

    private XnioExecutor.@Nullable Key beat;
    /** The event that was sent last, where the kernel can take it from: one copy for all clients, not one for each. */
    private ByteBuffer buffer = ByteBuffer.allocateDirect(FIRST_BUFFER_BYTES);

    private byte @Nullable [] buffered;

    Group(Hub hub, XnioIoThread thread) {
        this.hub = hub;
        this.thread = thread;
    }

    /** Room for bytes that nobody looks at. */
    ByteBuffer discarded() {
        return discarded.clear();
    }

    /** Has every client look for what is new. From any thread. */
    void wake() {
        if (awake.compareAndSet(false, true)) {
            try {
                thread.execute(this::sweep);
            } catch (RejectedExecutionException e) {
                // The thread has ended, and its clients with it.
            }
        }
    }

    private void sweep() {
        if (sweeping || !awake.getAndSet(false)) {
            return;
        }
        sweeping = true;
        left = clients.size();
        sweepOn();
    }

    private void sweepOn() {
        for (int budget = CHUNK; budget > 0 && left > 0; budget--) {
            left = Math.min(left, clients.size()) - 1;
            if (left >= 0) {
                clients.get(left).pump();
            }
        }
        if (left > 0) {
            lookAtOthersFirst(this::sweepOn);
        } else {
            sweeping = false;
            sweep();
        }
    }

    /** XNIO's own thread runs what it is given before it looks at its sockets again, unless that is for later. */
    private void lookAtOthersFirst(Runnable task) {
        if (thread instanceof IoThread) {
            thread.execute(task);
        } else {
            thread.executeAfter(task, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** This event from here on, for as long as nobody asks for another. */
    @SuppressWarnings("ReferenceEquality") // whether it is that array, not whether it holds the same
    ByteBuffer buffer(byte[] event, int from) {
        if (buffered != event) {
            if (buffer.capacity() < event.length) {
                buffer = ByteBuffer.allocateDirect(2 * event.length);
            }
            buffer.clear().put(event);
            buffered = event;
        }
        return buffer.limit(event.length).position(from);
    }

    void start(Client client) {
        client.place(clients.size());
        clients.add(client);
        hub.began(client);
        if (beat == null) {
            beat = thread.executeAtInterval(this::beat, BEAT_MILLIS, TimeUnit.MILLISECONDS);
        }
        client.start();
    }

    /** The last client takes the place of the one that goes. */
    void remove(Client client) {
        Client last = clients.remove(clients.size() - 1);
        if (last != client) {
            clients.set(client.place(), last);
            last.place(client.place());
        }
        hub.ended(client);
        if (clients.isEmpty() && beat != null) {
            beat.remove();
            beat = null;
        }
    }

    /** Makes room for those who read. */
    void closeLongestBlocked() {
        Client longest = null;
        long since = 0;
        for (Client client : clients) {
            Long blocked = client.blockedNanos();
            if (blocked != null && (longest == null || blocked - since < 0)) {
                longest = client;
                since = blocked;
            }
        }
        if (longest != null) {
            longest.close();
        }
    }

    private void beat() {
        long now = System.nanoTime();
        for (int i = clients.size() - 1; i >= 0; i--) {
            if (i < clients.size()) {
                clients.get(i).beat(now);
            }
        }
    }
}

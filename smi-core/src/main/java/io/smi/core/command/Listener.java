package io.smi.core.command;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The end of a pipe that a program prints into. Never waits: what a program's child keeps open holds up nobody. */
final class Listener implements Closeable {
    private final InputStream pipe;
    private final int most;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final byte[] buffer = new byte[8 << 10];
    private boolean cut;

    /** Keeps so many bytes at most, and lets the rest go. */
    Listener(InputStream pipe, int most) {
        this.pipe = pipe;
        this.most = most;
    }

    /** Takes what is in the pipe, by the deadline at the latest: some programs fill it as fast as it is emptied. */
    void take(long deadline) throws IOException {
        int ready = pipe.available();
        while (ready > 0) {
            int read = pipe.read(buffer, 0, Math.min(ready, buffer.length));
            int room = Math.min(Math.max(read, 0), most - kept.size());
            kept.write(buffer, 0, room);
            cut |= read > room;
            ready = read < 0 || deadline - System.nanoTime() <= 0 ? 0 : pipe.available();
        }
    }

    /** Whether there was more than is kept. */
    boolean isCut() {
        return cut;
    }

    String text() {
        return kept.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        pipe.close();
    }
}

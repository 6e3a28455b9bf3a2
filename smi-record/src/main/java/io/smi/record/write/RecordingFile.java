package io.smi.record.write;

import io.smi.record.Line;
import io.smi.record.codec.ChunkSize;
import io.smi.record.codec.Encoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A recording in one file. Each line is written at once and whole, so that whatever ends this process takes at most the one
 * being written. When the disk is nearly full the file is ended in order, while there is room for that.
 */
final class RecordingFile implements Recording {
    static final int MOST_FRAMES = 64;
    static final Duration MOST_AGE = Duration.ofMinutes(5);
    static final long MOST_CONTENT = 8 << 20;
    /** For the end of the chunk and of the file, and for what the file system needs to keep its books. */
    static final long RESERVE = 64 << 10;

    private static final int TABLE_ENTRY = 8;

    private final LockedFile file;
    private final FileChannel channel;
    private final Encoder encoder;
    private final Sync sync;
    private final FreeSpace space;
    private final LongSupplier nanoTime;
    /** How many chunks there were before. */
    private final int chunksBefore;

    private long frames;
    private long content;
    private long written;
    private long lastSeq;
    private @Nullable Long free;
    /** The length of the file up to which it is what it should be. */
    private long whole;

    private int chunks;
    private int framesOfChunk;
    private long chunkStart;
    private boolean open = true;

    /**
     * What a file holds already.
     *
     * @param lastSeq of the last frame; 0 when there is none
     */
    record Before(List<ChunkSize> chunks, long lastSeq) {
        static final Before NOTHING = new Before(List.of(), 0);
    }

    /**
     * A recording that goes on where this file's channel stands.
     *
     * @param file closed with the recording
     * @param before what the file holds
     */
    RecordingFile(LockedFile file, Before before, FileSettings settings, FreeSpace space, LongSupplier nanoTime)
            throws IOException {
        this.file = file;
        this.channel = file.channel();
        this.encoder = settings.codec().encoder(settings.level(), before.chunks());
        this.sync = new Sync(() -> channel.force(false), settings.fsync());
        this.space = space;
        this.nanoTime = nanoTime;
        this.chunksBefore = before.chunks().size();
        this.lastSeq = before.lastSeq();
        this.free = space.bytes();
        this.whole = channel.position();
    }

    @Override
    public void write(Line line) throws RecordingException {
        if (!open) {
            throw new IllegalStateException(file.path() + " has ended");
        }
        long now = nanoTime.getAsLong();
        if (framesOfChunk > 0 && now - chunkStart >= MOST_AGE.toNanos()) {
            endChunk();
        }
        checkSpace(line);
        if (framesOfChunk == 0) {
            chunkStart = now;
        }
        append(encoder.line(line.json()));
        frames++;
        framesOfChunk++;
        content += line.json().length + 1;
        lastSeq = line.seq();
        if (framesOfChunk >= MOST_FRAMES || encoder.contentOfChunk() >= MOST_CONTENT) {
            endChunk();
        }
        try {
            sync.written();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Before the encoder sees the line: what it was given once is a part of all that follows. */
    private void checkSpace(Line line) throws RecordingException {
        free = space.bytes();
        long needed = line.json().length + RESERVE + (long) TABLE_ENTRY * (chunksBefore + chunks);
        if (free != null && free < needed) {
            close();
            throw new RecordingException(file.path() + ": the disk is full, so the recording was ended in order");
        }
    }

    private void endChunk() throws RecordingException {
        append(encoder.endChunk());
        chunks++;
        framesOfChunk = 0;
    }

    private void append(ByteBuffer bytes) throws RecordingException {
        int length = bytes.remaining();
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw failed(e);
        }
        whole += length;
        written += length;
    }

    /** Leaves the file with its last whole line at the end, as a killed process would. */
    private RecordingException failed(IOException e) {
        RecordingException failure = LockedFile.failure(file.path(), e);
        sync.stop();
        try (file) {
            channel.truncate(whole);
            channel.force(true);
        } catch (IOException then) {
            failure.addSuppressed(then);
        }
        encoder.close();
        open = false;
        return failure;
    }

    @Override
    public Totals totals() {
        return new Totals(frames, content, written, 1, file.path(), lastSeq);
    }

    @Override
    public @Nullable Long freeBytes() {
        return free;
    }

    Path path() {
        return file.path();
    }

    /** The file's length in bytes. */
    long size() {
        return whole;
    }

    /** How many chunks have been ended. */
    int chunks() {
        return chunks;
    }

    @Override
    public void close() throws RecordingException {
        if (!open) {
            return;
        }
        if (framesOfChunk > 0) {
            endChunk();
        }
        append(encoder.endFile());
        try {
            sync.end();
        } catch (IOException e) {
            throw failed(e);
        }
        encoder.close();
        open = false;
        try {
            file.close();
        } catch (IOException e) {
            throw LockedFile.failure(file.path(), e);
        }
    }
}

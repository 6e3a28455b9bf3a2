package io.smi.record;

import io.smi.schema.EncodedFrame;
import io.smi.schema.FrameDecoder;
import io.smi.schema.FrameFormatException;
import io.smi.schema.SnapshotFrame;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One line of a recording: a frame as JSON, of which its number and its time are known. */
public final class Line {
    /** More bytes than it takes to know a line's time. */
    public static final int MOST_HEAD = LineHead.MOST_LENGTH;

    private final long seq;
    private final Instant time;
    private final byte[] json;

    private Line(long seq, Instant time, byte[] json) {
        this.seq = seq;
        this.time = time;
        this.json = json;
    }

    /** The line of a frame. */
    public static Line of(SnapshotFrame frame) {
        return new Line(frame.seq(), frame.timestamp(), EncodedFrame.of(frame).bytes());
    }

    /**
     * A line of which only the head is looked at, when it begins as smi writes it; else all of it.
     *
     * @param json without a line end; kept, not copied
     * @throws FrameFormatException when it is not a frame
     */
    public static Line parse(byte[] json) throws FrameFormatException {
        LineHead head = LineHead.of(json);
        if (head != null && json[json.length - 1] == '}') {
            return new Line(head.seq(), head.time(), json);
        }
        return checked(json);
    }

    /**
     * The time of a line of which only the beginning is there.
     *
     * @param json {@link #MOST_HEAD} bytes, or the whole line
     * @return null when it does not begin as smi writes it, and may still be a frame
     */
    public static @Nullable Instant timeOf(byte[] json) {
        LineHead head = LineHead.of(json);
        return head == null ? null : head.time();
    }

    /**
     * A line of which every key is looked at.
     *
     * @param json without a line end; kept, not copied
     * @throws FrameFormatException when it is not a frame
     */
    public static Line checked(byte[] json) throws FrameFormatException {
        SnapshotFrame frame = FrameDecoder.decode(json);
        return new Line(frame.seq(), frame.timestamp(), json);
    }

    /** The frame's number. */
    public long seq() {
        return seq;
    }

    /** The frame's {@code timestamp}. */
    public Instant time() {
        return time;
    }

    /** The frame as it is written, without a line end. Shared, not copied: not to be changed. */
    public byte[] json() {
        return json;
    }

    /**
     * The frame.
     *
     * @throws FrameFormatException when the line does not hold one
     */
    public SnapshotFrame frame() throws FrameFormatException {
        return FrameDecoder.decode(json);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Line line && Arrays.equals(line.json, json);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(json);
    }

    @Override
    public String toString() {
        return "frame " + seq + " of " + time;
    }
}

package io.smi.record.codec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What chunks hold, as it comes out of them, and goes away line by line. */
public final class Content {
    private byte[] bytes = new byte[64 * 1024];
    private int start;
    private int end;
    /** Up to here there is no line end. */
    private int searched;

    /** Adds some bytes. */
    public void add(byte[] from, int offset, int length) {
        if (bytes.length - end < length) {
            makeRoom(length);
        }
        System.arraycopy(from, offset, bytes, end, length);
        end += length;
    }

    /** Adds the first bytes of other content. */
    public void add(Content other, int length) {
        add(other.bytes, other.start, length);
    }

    private void makeRoom(int length) {
        int kept = end - start;
        byte[] larger = kept + length <= bytes.length / 2 ? bytes : new byte[Math.max(2 * bytes.length, kept + length)];
        System.arraycopy(bytes, start, larger, 0, kept);
        bytes = larger;
        searched -= start;
        start = 0;
        end = kept;
    }

    /** The next line, without its end; null when there is no whole one. */
    public byte @Nullable [] nextLine() {
        byte[] in = bytes;
        int at = searched;
        int limit = end;
        while (at < limit && in[at] != '\n') {
            at++;
        }
        searched = at;
        if (at == limit) {
            return null;
        }
        byte[] line = Arrays.copyOfRange(in, start, at);
        searched = at + 1;
        start = searched;
        return line;
    }

    /** A copy of the first bytes: this many, or all. */
    public byte[] first(int most) {
        return Arrays.copyOfRange(bytes, start, Math.min(end, start + most));
    }

    /** What is left after the last whole line; nothing is left then. */
    public byte[] rest() {
        byte[] rest = Arrays.copyOfRange(bytes, start, end);
        clear();
        return rest;
    }

    /** How many bytes there are. */
    public int size() {
        return end - start;
    }

    /** How many bytes there are up to the last line end, if it is one of those after the first {@code from}; else 0. */
    public int toLineEnd(int from) {
        int at = end;
        while (at > start + from && bytes[at - 1] != '\n') {
            at--;
        }
        return at > start + from ? at - start : 0;
    }

    /** Drops everything. */
    public void clear() {
        start = 0;
        end = 0;
        searched = 0;
    }
}

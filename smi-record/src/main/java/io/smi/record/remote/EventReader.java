package io.smi.record.remote;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Takes events from a stream as the HTML standard has it under "interpreting an event stream". Data stays bytes: a frame
 * is written down as it came.
 */
final class EventReader {
    /**
     * Of one event. A sixth of the recorder's heap, which has to hold it while it is gathered, once more as an event, and
     * compressed.
     */
    static final int MOST_DATA_BYTES = 16 << 20;

    /** Of the name of a field, and of all values but data. Longer ones mean nothing to us. */
    private static final int MOST_TEXT_BYTES = 256;

    private static final int BUFFER_BYTES = 16 << 10;
    private static final int[] BYTE_ORDER_MARK = {0xef, 0xbb, 0xbf};

    private final InputStream stream;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int next;
    private int end;
    private boolean begun;
    /** Whether the line before ended with a CR, of which a LF is the rest. */
    private boolean afterCr;

    private final Bytes name = new Bytes(MOST_TEXT_BYTES);
    private final Bytes text = new Bytes(MOST_TEXT_BYTES);
    private final Bytes data;
    private boolean hasData;
    private String type = "";
    private String id = "";
    private long retryMillis = -1;

    EventReader(InputStream stream) {
        this(stream, MOST_DATA_BYTES);
    }

    EventReader(InputStream stream, int mostDataBytes) {
        this.stream = stream;
        this.data = new Bytes(mostDataBytes);
    }

    /** What the stream has said about how long to wait before coming back, in milliseconds; -1 when nothing. */
    long retryMillis() {
        return retryMillis;
    }

    /**
     * Waits for the next event.
     *
     * @return null at the end of the stream; an event that it ends in is none
     */
    @Nullable
    Event next() throws IOException {
        if (!begun) {
            begun = true;
            skipByteOrderMark();
        }
        while (peek() >= 0) {
            if (isLineEnd()) {
                takeLineEnd();
                Event event = dispatch();
                if (event != null) {
                    return event;
                }
            } else if (!field()) {
                return null;
            }
        }
        return null;
    }

    private @Nullable Event dispatch() {
        Event event = null;
        if (hasData) {
            event = new Event(type.isEmpty() ? "message" : type, id, data.toArray(), data.size());
        }
        hasData = false;
        data.clear();
        type = "";
        return event;
    }

    /** Takes a line that is not empty; false when the stream ends in it. A comment is a field without a name. */
    private boolean field() throws IOException {
        name.clear();
        if (!takeUntil(':', name)) {
            return false;
        }
        if (!isLineEnd()) {
            next++;
            if (peek() == ' ') {
                next++;
            }
        }
        String field = name.toString();
        if (field.equals("data")) {
            if (hasData) {
                data.append('\n');
            }
            hasData = true;
            return takeLine(data);
        }
        text.clear();
        if (!takeLine(text)) {
            return false;
        }
        switch (field) {
            case "event" -> type = text.toString();
            case "id" -> id = text.has(0) ? id : text.toString();
            case "retry" -> retryMillis = millis(text.toString());
            default -> {}
        }
        return true;
    }

    private long millis(String digits) {
        if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return retryMillis;
        }
        return digits.length() > 9 ? Integer.MAX_VALUE : Long.parseLong(digits);
    }

    /** The rest of the line, and its end. */
    private boolean takeLine(Bytes into) throws IOException {
        if (!takeUntil('\n', into)) {
            return false;
        }
        takeLineEnd();
        return true;
    }

    /** Up to this byte or the end of the line, without it; false when the stream ends before. */
    private boolean takeUntil(char stop, Bytes into) throws IOException {
        while (peek() >= 0) {
            int start = next;
            while (next < end && buffer[next] != stop && !isLineEnd()) {
                next++;
            }
            into.append(buffer, start, next - start);
            if (next < end) {
                return true;
            }
        }
        return false;
    }

    /** Does not wait for the LF that may follow a CR: it may come with the next event only. */
    private void takeLineEnd() {
        afterCr = buffer[next] == '\r';
        next++;
    }

    private boolean isLineEnd() {
        return buffer[next] == '\n' || buffer[next] == '\r';
    }

    /** The byte that comes next, without a LF that ends the line before; -1 at the end of the stream. */
    private int peek() throws IOException {
        if (next == end && !fill()) {
            return -1;
        }
        if (afterCr) {
            afterCr = false;
            if (buffer[next] == '\n') {
                next++;
                return peek();
            }
        }
        return buffer[next] & 0xff;
    }

    private boolean fill() throws IOException {
        int count = stream.read(buffer, 0, buffer.length);
        next = 0;
        end = Math.max(count, 0);
        return count > 0;
    }

    private void skipByteOrderMark() throws IOException {
        for (int i = 0; i < BYTE_ORDER_MARK.length; i++) {
            if (i == end) {
                int count = stream.read(buffer, end, buffer.length - end);
                end += Math.max(count, 0);
            }
            if (i == end || (buffer[i] & 0xff) != BYTE_ORDER_MARK[i]) {
                return;
            }
        }
        next = BYTE_ORDER_MARK.length;
    }
}

package io.smi.record.remote;

import io.smi.record.Line;
import io.smi.schema.FrameFormatException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes frames from events, and keeps an eye on their numbers: what is missing between two of them is told and counted
 * once, whether the server says so ({@code lag}), a connection broke, or a frame was damaged.
 */
final class Sequence {
    private final @Nullable Duration throttle;
    private final Consumer<String> notices;

    /** The newest frame's number, and its time; 0 and null before the first. */
    private long last;

    private @Nullable Instant lastTime;
    /** Up to this number frames may come again, for they were asked for again. */
    private long replayedUpTo;
    /** What the server has said since the newest frame. */
    private long lag;

    /** Whether events can be told by their ids: those of smi can. */
    private boolean idsAreSeqs;

    private boolean restarted;
    private boolean draining;
    /** Others may look at the counts. */
    private final AtomicLong missed = new AtomicLong();

    private final AtomicLong restarts = new AtomicLong();

    /**
     * Nothing seen yet.
     *
     * @param throttle that the server was asked for; null for none
     * @param notices told of whatever is missing
     */
    Sequence(@Nullable Duration throttle, Consumer<String> notices) {
        this.throttle = throttle;
        this.notices = notices;
    }

    /** The newest frame's number; 0 when there was none. */
    long last() {
        return last;
    }

    long missed() {
        return missed.get();
    }

    /** How often the server was started anew. */
    long restarts() {
        return restarts.get();
    }

    /** Whether the server has said that it ends this stream. */
    boolean isDraining() {
        return draining;
    }

    /** Goes on after a frame that is kept elsewhere, as though it were the newest. What was seen before does not count. */
    void after(long seq) {
        last = seq;
        lastTime = null;
        missed.set(0);
    }

    /** A stream begins that was asked for what came after {@link #last}. */
    void connected() {
        replayedUpTo = last;
        // Of a lag that no frame has followed, the server tells anew.
        lag = 0;
        draining = false;
    }

    /** The frame of this event; null when it holds none, or none that is new. */
    @Nullable
    Line take(Event event) {
        switch (event.type()) {
            case "snapshot" -> {
                return frame(event);
            }
            case "lag" -> lag += number(Members.of(event.data()).get("dropped"));
            case "server.state" -> state(Members.of(event.data()));
            default -> {
                // Of later servers, perhaps; frames are all that we keep.
            }
        }
        return null;
    }

    private void state(Map<String, String> state) {
        draining = "draining".equals(state.get("mode"));
        if ("true".equals(state.get("restarted")) && last > 0) {
            restarted = true;
            restarts.incrementAndGet();
            notices.accept("the server was started anew: nobody knows how many frames are missing after seq " + last);
        }
    }

    private @Nullable Line frame(Event event) {
        if (event.isTooLarge()) {
            return damaged(
                    event, event.size() + " bytes are more than the " + EventReader.MOST_DATA_BYTES + " allowed");
        }
        byte[] json = event.data();
        for (byte b : json) {
            if (b == '\n') {
                return damaged(event, "it has more than one line");
            }
        }
        try {
            Line line = Line.checked(json);
            idsAreSeqs = number(event.id()) == line.seq();
            return follows(line.seq(), line.time()) ? line : null;
        } catch (FrameFormatException e) {
            return damaged(event, Text.clean(String.valueOf(e.getMessage())));
        }
    }

    /** It takes its place in the sequence all the same, or else it would be missed a second time by what comes next. */
    private @Nullable Line damaged(Event event, String reason) {
        long id = number(event.id());
        long seq = idsAreSeqs ? id : last + 1;
        if (last == 0 || follows(seq, null)) {
            missed.incrementAndGet();
            notices.accept("missed " + (idsAreSeqs ? "frame " + id : "a frame") + ", which came damaged: " + reason);
        }
        return null;
    }

    /** Whether this is a new one. Its time is null when it is not known. */
    private boolean follows(long seq, @Nullable Instant time) {
        if (restarted) {
            if (seq <= last) {
                notices.accept("the server's clock was set back: seq " + last + " is followed by " + seq);
            }
        } else if (seq <= last) {
            if (seq > replayedUpTo) {
                notices.accept("left out a frame whose seq is not new: " + seq + " after " + last);
            }
            return false;
        } else if (last > 0) {
            count(seq, time);
        }
        restarted = false;
        replayedUpTo = 0;
        last = seq;
        if (time != null) {
            lastTime = time;
            lag = 0;
        }
        return true;
    }

    private void count(long seq, @Nullable Instant time) {
        if (throttle != null && lastTime == null && lag > 0) {
            notices.accept("nobody knows how many frames are missing after seq " + last + ", next " + seq
                    + ": of those that the server made meanwhile it has dropped " + lag);
            return;
        }
        long gap = throttle == null ? seq - last - 1 : due(throttle, time);
        if (gap > 0) {
            missed.addAndGet(gap);
            notices.accept(
                    "missed " + gap + (gap == 1 ? " frame" : " frames") + ": after seq " + last + ", next " + seq);
        }
    }

    /**
     * With a throttle, numbers are left out as asked for, and {@code lag} counts those too. What is missing are the
     * frames that were due in the meantime: at most as many as the server has dropped, and all of these when the clock
     * says nothing.
     */
    private long due(Duration every, @Nullable Instant time) {
        if (lag == 0 || time == null || lastTime == null) {
            return 0;
        }
        long millis = Duration.between(lastTime, time).toMillis();
        long between = Math.round((double) millis / every.toMillis()) - 1;
        return millis <= 0 ? lag : Math.clamp(between, 0, lag);
    }

    private static long number(@Nullable String digits) {
        if (digits == null || digits.isEmpty() || digits.length() > 18) {
            return 0;
        }
        return digits.chars().allMatch(c -> c >= '0' && c <= '9') ? Long.parseLong(digits) : 0;
    }
}

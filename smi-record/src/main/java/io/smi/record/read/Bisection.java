package io.smi.record.read;

import io.smi.record.codec.Codec;
import io.smi.record.codec.Input;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Finds the place of a moment in a recording whose times go forward, by halves: looks in the middle for the next chunk, and
 * at the time of its first frame. Needs no table, and reads a few chunks' beginnings of a file of any size.
 */
final class Bisection {
    /** What is read through rather than halved. */
    private static final long NEAR = 16 * 1024;

    private final Input in;
    private final Codec codec;
    private final Probe probe;

    Bisection(Input in, Codec codec, Probe probe) {
        this.in = in;
        this.codec = codec;
        this.probe = probe;
    }

    /** A chunk and its first frame's time. */
    private record Place(long start, Instant time) {}

    /** The last chunk that begins at this moment or before it; 0, where the file begins, when there is none. */
    long find(long size, Instant moment) throws IOException {
        long low = 0;
        long high = size;
        while (high - low > NEAR) {
            long middle = low + (high - low) / 2;
            Place place = next(middle, high);
            if (place == null || place.time().isAfter(moment)) {
                high = middle;
            } else {
                low = place.start();
            }
        }
        return low;
    }

    /** The first chunk from here on that holds a frame; null when there is none. */
    private @Nullable Place next(long from, long before) throws IOException {
        in.position(from);
        while (codec.findStart(in, before)) {
            long start = in.position();
            if (start >= before) {
                return null;
            }
            Instant time = probe.firstTime(in);
            if (time != null) {
                return new Place(start, time);
            }
            in.position(start + 1);
        }
        return null;
    }
}

package io.smi.core;

import io.smi.schema.ErrorKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What one call of a reader could not read. Made for the call and dropped with it, so a late answer harms nothing. */
public final class Problems {
    private final long deadline;
    private final List<Problem> list = new ArrayList<>(0);
    private volatile boolean told;

    /** What went wrong, and with what. */
    public record Problem(ErrorKind kind, String message) {}

    /** Of a call that has time. */
    public Problems() {
        this(System.nanoTime() + TimeUnit.MINUTES.toNanos(1));
    }

    /** Of a call that is to answer by then, on the clock of {@link System#nanoTime}. */
    public Problems(long deadline) {
        this.deadline = deadline;
    }

    /** By when the call is to answer, for a reader of parts that may hang one by one. */
    public long deadline() {
        return deadline;
    }

    /** A permission is lacking. */
    public void denied(String message) {
        list.add(new Problem(ErrorKind.DENIED, message));
    }

    /** It is there, and cannot be read or understood. */
    public void failed(String message) {
        list.add(new Problem(ErrorKind.FAILED, message));
    }

    /** A part of it has not answered in time, others have. */
    public void timeout(String message) {
        list.add(new Problem(ErrorKind.TIMEOUT, message));
    }

    /** A part of it was not asked: it has not answered since an earlier call. */
    public void stale(String message) {
        list.add(new Problem(ErrorKind.STALE, message));
    }

    /** Tells again what was found when facts that are kept were read: a problem belongs into every frame it concerns. */
    public void addAll(Problems others) {
        list.addAll(others.list);
    }

    /** Notes that a frame has them. */
    public void tell() {
        told = true;
    }

    /** Whether a frame has them; those of a mere sample nobody sees. */
    public boolean isTold() {
        return told;
    }

    /** All of them, in the order in which they came. */
    public List<Problem> list() {
        return List.copyOf(list);
    }
}

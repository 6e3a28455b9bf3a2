package io.smi.core;

import io.smi.schema.ErrorKind;
import java.util.ArrayList;
import java.util.List;

/** What one call of a reader could not read. Made for the call and dropped with it, so a late answer harms nothing. */
public final class Problems {
    private final List<Problem> list = new ArrayList<>(0);

    /** Something of the kind {@link ErrorKind#DENIED} or {@link ErrorKind#FAILED}. */
    public record Problem(ErrorKind kind, String message) {}

    /** A permission is lacking. */
    public void denied(String message) {
        list.add(new Problem(ErrorKind.DENIED, message));
    }

    /** It is there, and cannot be read or understood. */
    public void failed(String message) {
        list.add(new Problem(ErrorKind.FAILED, message));
    }

    /** Tells again what was found when facts that are kept were read: a problem belongs into every frame it concerns. */
    public void addAll(Problems others) {
        list.addAll(others.list);
    }

    /** All of them, in the order in which they came. */
    public List<Problem> list() {
        return List.copyOf(list);
    }
}

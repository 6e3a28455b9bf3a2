package io.smi.bench;

/** Does nothing: what starting Java costs, for {@code one_shot.py} to compare with. */
public final class Empty {
    private Empty() {}

    /** Nothing. */
    public static void main(String[] args) {}
}

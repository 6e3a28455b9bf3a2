package io.smi.schema;

/** An enum that is a fixed set of words in the frame. */
interface Label {
    /** The word in the frame. */
    String label();
}

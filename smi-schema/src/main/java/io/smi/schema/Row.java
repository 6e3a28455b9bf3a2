package io.smi.schema;

/** A record that is an object of the frame. */
interface Row {
    /** Writes every key once, in the order of the record's components. */
    void writeTo(FieldWriter out);
}

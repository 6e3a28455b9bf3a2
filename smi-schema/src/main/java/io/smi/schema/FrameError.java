package io.smi.schema;

/** Why something is missing from a frame. */
public record FrameError(
        @Key("The section that it concerns.") Section section,
        @Key("The reader that had the problem.") String reader,
        @Key("timeout, stale, denied or failed.") ErrorKind kind,

        @Key("What happened, with the file or call that it happened at.")
        String message)
        implements Row {
    @Override
    public void writeTo(FieldWriter out) {
        out.label("section", section);
        out.text("reader", reader);
        out.label("kind", kind);
        out.text("message", message);
    }
}

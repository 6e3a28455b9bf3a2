package io.smi.schema;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A frame as JSON, encoded once: one line of UTF-8 without a line end. Any subset of its sections is a concatenation
 * of the same bytes, so no second client costs a second encoding.
 */
public final class EncodedFrame {
    private static final byte[] ERRORS = ",\"errors\":[".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "]}".getBytes(StandardCharsets.US_ASCII);

    private final long seq;
    private final byte[] bytes;
    private final int headLength;
    /** Where each section's key and rows are, with the comma before them. */
    private final List<Slice> sections = new ArrayList<>();
    /** Where each error is, without a comma. */
    private final List<Slice> errors = new ArrayList<>();
    /** The sections that this frame has rows or errors of. */
    private final Set<Section> concerned = new TreeSet<>();

    private EncodedFrame(SnapshotFrame frame) {
        JsonBuffer json = new JsonBuffer();
        FieldWriter fields = new FieldWriter(json);
        json.startObject();
        fields.number("schema", SnapshotFrame.SCHEMA);
        fields.number("seq", frame.seq());
        fields.time("timestamp", frame.timestamp());
        fields.number("interval_ms", frame.intervalMs());
        fields.text("hostname", frame.hostname());
        this.seq = frame.seq();
        this.headLength = json.size();
        writeSections(frame, json, fields);
        writeErrors(frame, json, fields);
        json.endObject();
        this.bytes = json.toBytes();
    }

    private void writeSections(SnapshotFrame frame, JsonBuffer json, FieldWriter fields) {
        for (Section section : Section.values()) {
            List<? extends Row> rows = frame.rows(section);
            if (rows != null) {
                int start = json.size();
                fields.rows(section.key(), rows);
                sections.add(new Slice(section, start, json.size()));
                concerned.add(section);
            }
        }
    }

    private void writeErrors(SnapshotFrame frame, JsonBuffer json, FieldWriter fields) {
        json.name("errors");
        json.startArray();
        for (FrameError error : frame.errors()) {
            int start = errors.isEmpty() ? json.size() : json.size() + 1;
            fields.row(error);
            errors.add(new Slice(error.section(), start, json.size()));
            concerned.add(error.section());
        }
        json.endArray();
    }

    /** Encodes a frame. */
    public static EncodedFrame of(SnapshotFrame frame) {
        return new EncodedFrame(frame);
    }

    /** The frame indented for people, ending without a line end. */
    public static byte[] pretty(SnapshotFrame frame) {
        return Indentation.of(of(frame).bytes());
    }

    /** The frame's {@code seq}. */
    public long seq() {
        return seq;
    }

    /** The whole frame. Shared, not copied: not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** The frame of these sections only, with their errors only; sections that the frame lacks are left out. */
    public byte[] bytes(Set<Section> include) {
        if (include.containsAll(concerned)) {
            return bytes;
        }
        ByteArrayOutputStream part = new ByteArrayOutputStream(bytes.length);
        part.write(bytes, 0, headLength);
        for (Slice slice : sections) {
            if (include.contains(slice.section)) {
                part.write(bytes, slice.start, slice.end - slice.start);
            }
        }
        part.writeBytes(ERRORS);
        boolean first = true;
        for (Slice slice : errors) {
            if (include.contains(slice.section)) {
                if (!first) {
                    part.write(',');
                }
                part.write(bytes, slice.start, slice.end - slice.start);
                first = false;
            }
        }
        part.writeBytes(END);
        return part.toByteArray();
    }

    private record Slice(Section section, int start, int end) {}
}

package io.smi.schema;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A frame as JSON, encoded once: one line of UTF-8 without a line end. Any subset of its sections is a concatenation
 * of the same bytes, so no second client costs a second encoding.
 */
public final class EncodedFrame {
    private static final byte[] ERRORS = ",\"errors\":[".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "]}".getBytes(StandardCharsets.US_ASCII);

    private final SnapshotFrame frame;
    private final byte[] bytes;
    private final int headLength;
    private final Map<Section, Slice> sections = new EnumMap<>(Section.class);
    private final Slice[] errors;
    /** The sections that this frame has rows or errors of. */
    private final Set<Section> concerned = EnumSet.noneOf(Section.class);

    private EncodedFrame(SnapshotFrame frame) {
        this.frame = frame;
        this.errors = new Slice[frame.errors().size()];
        JsonBuffer json = new JsonBuffer();
        FieldWriter fields = new FieldWriter(json);
        json.startObject();
        fields.number("schema", SnapshotFrame.SCHEMA);
        fields.number("seq", frame.seq());
        fields.time("timestamp", frame.timestamp());
        fields.number("interval_ms", frame.intervalMs());
        fields.text("hostname", frame.hostname());
        this.headLength = json.size();
        writeSections(json, fields);
        writeErrors(json, fields);
        json.endObject();
        this.bytes = json.toBytes();
    }

    private void writeSections(JsonBuffer json, FieldWriter fields) {
        for (Section section : Section.values()) {
            List<? extends Row> rows = frame.rows(section);
            if (rows != null) {
                int start = json.size();
                fields.rows(section.key(), rows);
                sections.put(section, new Slice(start, json.size()));
                concerned.add(section);
            }
        }
    }

    private void writeErrors(JsonBuffer json, FieldWriter fields) {
        json.name("errors");
        json.startArray();
        for (int i = 0; i < errors.length; i++) {
            int start = json.size() + (i == 0 ? 0 : 1);
            fields.row(frame.errors().get(i));
            errors[i] = new Slice(start, json.size());
            concerned.add(frame.errors().get(i).section());
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
        return frame.seq();
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
        sections.forEach((section, slice) -> {
            if (include.contains(section)) {
                part.write(bytes, slice.start, slice.length());
            }
        });
        part.writeBytes(ERRORS);
        boolean first = true;
        for (int i = 0; i < errors.length; i++) {
            if (include.contains(frame.errors().get(i).section())) {
                if (!first) {
                    part.write(',');
                }
                part.write(bytes, errors[i].start, errors[i].length());
                first = false;
            }
        }
        part.writeBytes(END);
        return part.toByteArray();
    }

    private record Slice(int start, int end) {
        int length() {
            return end - start;
        }
    }
}

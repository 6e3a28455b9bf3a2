package io.smi.schema;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A frame as JSON, encoded once: one line of UTF-8 without a line end. Any subset of its sections, and of its GPUs, is a
 * concatenation of the same bytes, so no second client costs a second encoding.
 */
public final class EncodedFrame {
    private static final byte[] GPUS = ",\"gpus\":[".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ERRORS = ",\"errors\":[".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END_OF_ROWS = "]".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "]}".getBytes(StandardCharsets.US_ASCII);

    private final long seq;
    private final byte[] bytes;
    private final int headLength;
    /** Where each section's key and rows are, with the comma before them. */
    private final List<Slice<Section>> sections = new ArrayList<>();
    /** Where each GPU is, without a comma, by its identity. */
    private final List<Slice<String>> gpus = new ArrayList<>();
    /** Where each error is, without a comma. */
    private final List<Slice<Section>> errors = new ArrayList<>();
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
                json.name(section.key());
                json.startArray();
                for (Row row : rows) {
                    writeRow(row, json, fields);
                }
                json.endArray();
                sections.add(new Slice<>(section, start, json.size()));
                concerned.add(section);
            }
        }
    }

    private void writeRow(Row row, JsonBuffer json, FieldWriter fields) {
        if (row instanceof Gpu gpu) {
            int start = gpus.isEmpty() ? json.size() : json.size() + 1;
            fields.row(row);
            gpus.add(new Slice<>(Objects.requireNonNullElse(gpu.identity(), ""), start, json.size()));
        } else {
            fields.row(row);
        }
    }

    private void writeErrors(SnapshotFrame frame, JsonBuffer json, FieldWriter fields) {
        json.name("errors");
        json.startArray();
        for (FrameError error : frame.errors()) {
            int start = errors.isEmpty() ? json.size() : json.size() + 1;
            fields.row(error);
            errors.add(new Slice<>(error.section(), start, json.size()));
            concerned.add(error.section());
        }
        json.endArray();
    }

    /** Encodes a frame. */
    public static EncodedFrame of(SnapshotFrame frame) {
        return new EncodedFrame(frame);
    }

    /** An encoded frame, or a part of one, indented for people; ends without a line end. */
    public static byte[] pretty(byte[] json) {
        return Indentation.of(json);
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
        return bytes(include, null);
    }

    /**
     * The frame of these sections only, and of the GPUs with these identities only.
     *
     * @param devices {@link Gpu#identity}; null for all GPUs
     */
    public byte[] bytes(Set<Section> include, @Nullable Set<String> devices) {
        if (devices == null && include.containsAll(concerned)) {
            return bytes;
        }
        ByteArrayOutputStream part = new ByteArrayOutputStream(bytes.length);
        part.write(bytes, 0, headLength);
        for (Slice<Section> slice : sections) {
            if (slice.of == Section.GPU && devices != null && include.contains(slice.of)) {
                part.writeBytes(GPUS);
                copy(gpus, devices, part);
                part.writeBytes(END_OF_ROWS);
            } else if (include.contains(slice.of)) {
                part.write(bytes, slice.start, slice.end - slice.start);
            }
        }
        part.writeBytes(ERRORS);
        copy(errors, include, part);
        part.writeBytes(END);
        return part.toByteArray();
    }

    /** The slices of what is wanted, with commas between them. */
    private <T> void copy(List<Slice<T>> slices, Set<T> wanted, ByteArrayOutputStream part) {
        boolean first = true;
        for (Slice<T> slice : slices) {
            if (wanted.contains(slice.of)) {
                if (!first) {
                    part.write(',');
                }
                part.write(bytes, slice.start, slice.end - slice.start);
                first = false;
            }
        }
    }

    private record Slice<T>(T of, int start, int end) {}
}

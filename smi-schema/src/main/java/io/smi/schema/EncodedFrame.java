package io.smi.schema;

import java.io.ByteArrayOutputStream;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;

/**
 * A frame as JSON, encoded once: one line of UTF-8 without a line end. Any subset of its sections is a concatenation
 * of the same bytes, so no second client costs a second encoding.
 */
public final class EncodedFrame {
    private static final JsonFactory JSON = new JsonFactory();
    private static final byte[] ERRORS = ascii(",\"errors\":[");
    private static final byte[] END = ascii("]}");

    private final long seq;
    private final byte[] bytes;
    private final int headLength;
    private final Map<Section, Slice> sections;
    private final List<FrameError> errors;
    private final Slice[] errorSlices;

    private EncodedFrame(SnapshotFrame frame, Encoding encoding) {
        this.seq = frame.seq();
        this.bytes = encoding.out.toByteArray();
        this.headLength = encoding.headLength;
        this.sections = encoding.sections;
        this.errors = frame.errors();
        this.errorSlices = encoding.errorSlices;
    }

    /** Encodes a frame. */
    public static EncodedFrame of(SnapshotFrame frame) {
        Encoding encoding = new Encoding(null, frame.errors().size());
        encoding.write(frame);
        return new EncodedFrame(frame, encoding);
    }

    /** The frame indented for people, ending without a line end. */
    public static byte[] pretty(SnapshotFrame frame) {
        Encoding encoding = new Encoding(indenting(), frame.errors().size());
        encoding.write(frame);
        return encoding.out.toByteArray();
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
        if (include.containsAll(sections.keySet())) {
            return bytes;
        }
        ByteArrayOutputStream part = new ByteArrayOutputStream(bytes.length);
        part.write(bytes, 0, headLength);
        sections.forEach((section, slice) -> {
            if (include.contains(section)) {
                part.write(bytes, slice.start, slice.end - slice.start);
            }
        });
        part.writeBytes(ERRORS);
        boolean first = true;
        for (int i = 0; i < errorSlices.length; i++) {
            if (include.contains(errors.get(i).section())) {
                if (!first) {
                    part.write(',');
                }
                part.write(bytes, errorSlices[i].start, errorSlices[i].end - errorSlices[i].start);
                first = false;
            }
        }
        part.writeBytes(END);
        return part.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }

    private static PrettyPrinter indenting() {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        Separators separators = Separators.createDefaultInstance()
                .withObjectNameValueSpacing(Separators.Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator("");
        return new DefaultPrettyPrinter(separators).withObjectIndenter(indenter).withArrayIndenter(indenter);
    }

    private record Slice(int start, int end) {}

    /** One pass over a frame that notes where each section and each error begins and ends. */
    private static final class Encoding {
        final ByteArrayOutputStream out = new ByteArrayOutputStream(8192);
        final Map<Section, Slice> sections = new EnumMap<>(Section.class);
        final Slice[] errorSlices;
        int headLength;
        private final JsonGenerator json;

        Encoding(@Nullable PrettyPrinter printer, int errorCount) {
            errorSlices = new Slice[errorCount];
            json = JSON.createGenerator(new WriteContext(printer), out);
        }

        void write(SnapshotFrame frame) {
            FieldWriter fields = new FieldWriter(json);
            json.writeStartObject();
            fields.number("schema", SnapshotFrame.SCHEMA);
            fields.number("seq", frame.seq());
            fields.time("timestamp", frame.timestamp());
            fields.number("interval_ms", frame.intervalMs());
            fields.text("hostname", frame.hostname());
            headLength = position();
            for (Section section : Section.values()) {
                List<? extends Row> rows = frame.rows(section);
                if (rows != null) {
                    int start = position();
                    fields.rows(section.key(), rows);
                    sections.put(section, new Slice(start, position()));
                }
            }
            writeErrors(frame.errors(), fields);
            json.writeEndObject();
            json.close();
        }

        private void writeErrors(List<FrameError> errors, FieldWriter fields) {
            json.writeName("errors");
            json.writeStartArray();
            for (int i = 0; i < errors.size(); i++) {
                int start = position() + (i == 0 ? 0 : 1);
                fields.row(errors.get(i));
                errorSlices[i] = new Slice(start, position());
            }
            json.writeEndArray();
        }

        private int position() {
            json.flush();
            return out.size();
        }
    }

    private static final class WriteContext extends ObjectWriteContext.Base {
        private final @Nullable PrettyPrinter printer;

        WriteContext(@Nullable PrettyPrinter printer) {
            this.printer = printer;
        }

        @Override
        public @Nullable PrettyPrinter getPrettyPrinter() {
            return printer;
        }
    }
}

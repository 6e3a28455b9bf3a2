package io.smi.schema;

import java.time.DateTimeException;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads frames back from JSON, those of later versions of schema 1 too: keys that this version does not know are
 * skipped, and so are errors of sections that it does not know; words that it does not know are null. Keys that are
 * missing are null.
 */
public final class FrameDecoder {
    private static final JsonFactory JSON = new JsonFactory();

    private FrameDecoder() {}

    /**
     * Reads one frame: exactly one JSON object, with or without white space around it.
     *
     * @throws FrameFormatException when it is not JSON, not of schema 1, or lacks what every frame has
     */
    public static SnapshotFrame decode(byte[] json) throws FrameFormatException {
        return decode(json, 0, json.length);
    }

    /** Like {@link #decode(byte[])}, from a part of an array. */
    public static SnapshotFrame decode(byte[] json, int offset, int length) throws FrameFormatException {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json, offset, length)) {
            return decode(parser);
        } catch (JacksonException e) {
            throw new FrameFormatException(e.getOriginalMessage(), e);
        }
    }

    private static SnapshotFrame decode(JsonParser parser) throws FrameFormatException {
        try {
            parser.nextToken();
            Version version = new Version();
            Object frame = RecordShape.of(SnapshotFrame.class).read(parser, version);
            if (!version.known) {
                throw new IllegalArgumentException("schema is missing");
            }
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("more than one JSON value");
            }
            return (SnapshotFrame) Objects.requireNonNull(frame, "a frame has no words of its own");
        } catch (JacksonException e) {
            throw new FrameFormatException(e.getOriginalMessage() + place(parser), e);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new FrameFormatException(e.getMessage() + place(parser), e);
        }
    }

    private static String place(JsonParser parser) {
        String pointer = parser.streamReadContext().pathAsPointer().toString();
        long offset = parser.currentLocation().getByteOffset();
        return (pointer.isEmpty() ? "" : " at " + pointer) + (offset < 0 ? "" : ", byte " + offset);
    }

    /** Looks out for the version, which no record holds because it never changes. */
    private static final class Version implements RecordShape.OtherKeys {
        boolean known;

        @Override
        public void read(String name, JsonParser parser) {
            if (!name.equals("schema")) {
                parser.skipChildren();
                return;
            }
            if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT || parser.getIntValue() != SnapshotFrame.SCHEMA) {
                throw new IllegalArgumentException("schema must be " + SnapshotFrame.SCHEMA);
            }
            known = true;
        }
    }
}

package io.smi.schema;

import java.time.DateTimeException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads frames back from JSON. Keys that this version does not know are skipped, so that a frame written by a later
 * version of schema 1 can be read; keys that are missing are null.
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
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new FrameFormatException("not a JSON object");
            }
            SnapshotFrame frame =
                    (SnapshotFrame) RecordShape.of(SnapshotFrame.class).read(parser);
            if (parser.nextToken() != null) {
                throw new FrameFormatException("more than one JSON value");
            }
            return frame;
        } catch (JacksonException e) {
            throw new FrameFormatException(e.getOriginalMessage() + " at byte " + offsetOf(e), e);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new FrameFormatException(String.valueOf(e.getMessage()), e);
        }
    }

    private static long offsetOf(JacksonException e) {
        return e.getLocation() == null ? -1 : e.getLocation().getByteOffset();
    }
}

package io.smi.record.remote;

/**
 * One server-sent event.
 *
 * @param type its {@code event:}; {@code message} when there is none
 * @param id of this event or the last one before it that had one; empty when there was none
 * @param data the lines of {@code data:}, with a line feed between two of them; nothing when it is too large
 * @param size of the data in bytes, more than {@code data} holds when it is too large
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares events, and nobody else has the array
record Event(String type, String id, byte[] data, long size) {
    boolean isTooLarge() {
        return size > data.length;
    }
}

package io.smi.record.codec;

import java.io.IOException;

/** Reads chunks, one at a time and each from its first byte to its last. */
public interface Decoder extends AutoCloseable {
    /** Forgets the chunk under way: the input stands at the first byte of another. */
    void begin();

    /**
     * Reads some more of the chunk, up to a place where a line may have been flushed.
     *
     * @return false when the chunk has ended, as it should; the input then stands behind it
     * @throws BrokenChunkException when it is not whole; what has been added to the content until then may be wrong
     */
    boolean advance(Input in, Content content) throws IOException, BrokenChunkException;

    @Override
    void close();
}

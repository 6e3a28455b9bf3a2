package io.smi.record.codec;

import java.nio.ByteBuffer;

/**
 * Makes the bytes of a file out of lines. What a method returns is to be written before the next is called, which may
 * use the same memory.
 */
public interface Encoder extends AutoCloseable {
    /** A line, and its end; whoever reads the file up to there finds all of the line. */
    ByteBuffer line(byte[] line);

    /** Ends the chunk under way, with its checksum; nothing when there is none. The next line begins another. */
    ByteBuffer endChunk();

    /** What a file that is closed in order ends with, after its last chunk. */
    ByteBuffer endFile();

    /** Bytes of lines in the chunk under way. */
    long contentOfChunk();

    @Override
    void close();
}

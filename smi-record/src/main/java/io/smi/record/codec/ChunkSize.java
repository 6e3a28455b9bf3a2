package io.smi.record.codec;

/**
 * How large a chunk is: the part of a recording that can be read by itself.
 *
 * @param compressed bytes in the file
 * @param content bytes of lines, with their ends
 */
public record ChunkSize(long compressed, long content) {}

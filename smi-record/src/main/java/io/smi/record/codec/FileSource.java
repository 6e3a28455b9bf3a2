package io.smi.record.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A file's bytes. */
public record FileSource(FileChannel channel) implements ByteSource {
    @Override
    public int read(ByteBuffer into, long position) throws IOException {
        return channel.read(into, position);
    }

    @Override
    public void release(long position) {}

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

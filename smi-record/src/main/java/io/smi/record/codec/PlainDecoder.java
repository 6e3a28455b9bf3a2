package io.smi.record.codec;

import java.io.IOException;

/** Takes bytes as they are, all up to the end of the input. */
final class PlainDecoder implements Decoder {
    private final byte[] buffer = new byte[64 * 1024];

    @Override
    public void begin() {}

    @Override
    public boolean advance(Input in, Content content) throws IOException {
        int length = in.read(buffer, 0, buffer.length);
        content.add(buffer, 0, length);
        return length > 0;
    }

    @Override
    public void close() {}
}

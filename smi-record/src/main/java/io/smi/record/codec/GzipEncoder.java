package io.smi.record.codec;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Members one after the other, each line flushed. A file that was closed in order ends with an empty member. */
final class GzipEncoder implements Encoder {
    /** Deflate, no flags, no time, no extra flags, unknown system. */
    static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    private final Deflater deflater;
    private final CRC32 checksum = new CRC32();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final byte[] buffer = new byte[8192];
    private long content;

    GzipEncoder(int level) {
        this.deflater = new Deflater(level, true);
    }

    @Override
    public ByteBuffer line(byte[] line) {
        out.reset();
        if (content == 0) {
            out.writeBytes(HEADER);
        }
        add(line);
        add(new byte[] {'\n'});
        drain(Deflater.SYNC_FLUSH);
        return ByteBuffer.wrap(out.toByteArray());
    }

    private void add(byte[] bytes) {
        checksum.update(bytes);
        content += bytes.length;
        deflater.setInput(bytes);
        drain(Deflater.NO_FLUSH);
    }

    /** A flush that fills the buffer exactly may have more to say. */
    private void drain(int flush) {
        int length;
        do {
            length = deflater.deflate(buffer, 0, buffer.length, flush);
            out.write(buffer, 0, length);
        } while (length == buffer.length);
    }

    @Override
    public ByteBuffer endChunk() {
        out.reset();
        if (content > 0) {
            endMember();
        }
        return ByteBuffer.wrap(out.toByteArray());
    }

    private void endMember() {
        deflater.finish();
        drain(Deflater.NO_FLUSH);
        out.writeBytes(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) checksum.getValue())
                .putInt((int) content)
                .array());
        deflater.reset();
        checksum.reset();
        content = 0;
    }

    /** An empty member: nothing to any reader, and the sign that nothing is missing. */
    @Override
    public ByteBuffer endFile() {
        out.reset();
        out.writeBytes(HEADER);
        endMember();
        return ByteBuffer.wrap(out.toByteArray());
    }

    @Override
    public long contentOfChunk() {
        return content;
    }

    @Override
    public void close() {
        deflater.end();
    }
}

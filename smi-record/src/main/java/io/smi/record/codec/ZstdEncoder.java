package io.smi.record.codec;

import com.github.luben.zstd.EndDirective;
import com.github.luben.zstd.ZstdCompressCtx;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** Frames one after the other, each line flushed, with a {@link SeekTable} at the end. */
final class ZstdEncoder implements Encoder {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final ZstdCompressCtx context;
    private final SeekTable table;
    private ByteBuffer out = ByteBuffer.allocate(64 * 1024);
    private long content;
    private long compressed;

    ZstdEncoder(int level, List<ChunkSize> before) {
        this.context = new ZstdCompressCtx().setLevel(level).setChecksum(true);
        this.table = new SeekTable(before);
    }

    @Override
    public ByteBuffer line(byte[] line) {
        out.clear();
        byte[] whole = Arrays.copyOf(line, line.length + 1);
        whole[line.length] = '\n';
        compress(ByteBuffer.wrap(whole), EndDirective.FLUSH);
        content += whole.length;
        compressed += out.position();
        return out.flip();
    }

    @Override
    public ByteBuffer endChunk() {
        if (content == 0) {
            return NOTHING;
        }
        out.clear();
        compress(NOTHING.duplicate(), EndDirective.END);
        table.add(new ChunkSize(compressed + out.position(), content));
        compressed = 0;
        content = 0;
        return out.flip();
    }

    private void compress(ByteBuffer in, EndDirective end) {
        while (!context.compressByteBufferStream(out, in, end) || in.hasRemaining()) {
            if (out.remaining() < out.capacity() / 2) {
                ByteBuffer larger = ByteBuffer.allocate(2 * out.capacity());
                out = larger.put(out.flip());
            }
        }
    }

    @Override
    public ByteBuffer endFile() {
        return table.encode();
    }

    @Override
    public long contentOfChunk() {
        return content;
    }

    @Override
    public void close() {
        context.close();
    }
}

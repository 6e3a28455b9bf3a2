package io.smi.record.codec;

import com.github.luben.zstd.EndDirective;
import com.github.luben.zstd.ZstdCompressCtx;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** Frames one after the other, each line flushed, with a {@link SeekTable} at the end. */
final class ZstdEncoder implements Encoder {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** The levels that search otherwise than zstd has it: faster ones are asked for their speed, slower ones search as well. */
    private static final int LEAST_TUNED = 3;

    private static final int MOST_TUNED = 12;
    /** Of a shorter line the best parse takes a tenth of a millisecond and saves an eighth, of a longer one a twentieth. */
    private static final int SHORT_LINE = 8 * 1024;

    /** Of {@code ZSTD_strategy}. */
    private static final int LAZY2 = 5;

    private static final int BEST_PARSE = 7;

    private final ZstdCompressCtx context;
    private final int level;
    private final SeekTable table;
    private ByteBuffer out = ByteBuffer.allocate(64 * 1024);
    private long content;
    private long compressed;

    ZstdEncoder(int level, List<ChunkSize> before) {
        this.context = new ZstdCompressCtx().setLevel(level).setChecksum(true);
        this.level = level;
        this.table = new SeekTable(before);
    }

    /**
     * Makes the search of the chunk that begins fit for lines of about this length. zstd's levels are made for blocks of
     * 128 KiB; here each line is one, nearly all of which the line before has too (docs/benchmarks.md).
     */
    private void tune(int length) {
        if (level >= LEAST_TUNED && level <= MOST_TUNED) {
            boolean isShort = length < SHORT_LINE;
            context.setStrategy(isShort ? BEST_PARSE : LAZY2)
                    .setMinMatch(5)
                    .setSearchLog(4)
                    .setTargetLength(isShort ? 64 : 16);
        }
    }

    @Override
    public ByteBuffer line(byte[] line) {
        if (content == 0) {
            tune(line.length);
        }
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

package io.smi.record.codec;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads zstd frames block by block, so that it is known up to which byte a broken one is whole (RFC 8878, 3.1.1). */
final class ZstdDecoder implements Decoder {
    static final int MAGIC = 0xFD2FB528;
    static final byte[] MAGIC_BYTES = {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD};
    private static final int MAGIC_SIZE = 4;
    private static final int BLOCK_HEADER_SIZE = 3;
    private static final int CHECKSUM_SIZE = 4;
    /** A block, or what is to be decoded at once. */
    private static final int MOST_BLOCK = 1 << 21;

    private static final int RLE_BLOCK = 1;

    private final ZstdDecompressCtx context = new ZstdDecompressCtx();
    private final byte[] out = new byte[64 * 1024];
    private byte[] in = new byte[64 * 1024];
    private boolean inFrame;
    private boolean hasChecksum;
    private boolean ended;

    @Override
    public void begin() {
        context.reset();
        inFrame = false;
        ended = false;
    }

    @Override
    public boolean advance(Input input, Content content) throws IOException, BrokenChunkException {
        if (ended) {
            return false;
        }
        if (!inFrame) {
            readHeader(input, content);
            inFrame = true;
        } else {
            readBlock(input, content);
        }
        return true;
    }

    private void readHeader(Input input, Content content) throws IOException, BrokenChunkException {
        long start = input.position();
        input.readWhole(in, MAGIC_SIZE + 1);
        if (SeekTable.isSkippable(
                ByteBuffer.wrap(in).order(ByteOrder.LITTLE_ENDIAN).getInt())) {
            input.position(start);
            throw SeekTable.isCutOff(input) ? BrokenChunkException.cutOff() : BrokenChunkException.wrong("is no frame");
        }
        int descriptor = in[MAGIC_SIZE];
        boolean singleSegment = (descriptor & 0x20) != 0;
        hasChecksum = (descriptor & 0x04) != 0;
        int dictionaryIdSize = new int[] {0, 1, 2, 4}[descriptor & 3];
        int contentSizeSize = new int[] {singleSegment ? 1 : 0, 2, 4, 8}[(descriptor >> 6) & 3];
        int rest = (singleSegment ? 0 : 1) + dictionaryIdSize + contentSizeSize;
        feed(MAGIC_SIZE + 1, content);
        input.readWhole(in, rest);
        feed(rest, content);
    }

    private void readBlock(Input input, Content content) throws IOException, BrokenChunkException {
        input.readWhole(in, BLOCK_HEADER_SIZE);
        int header = (in[0] & 0xff) + ((in[1] & 0xff) << 8) + ((in[2] & 0xff) << 16);
        boolean last = (header & 1) != 0;
        int size = ((header >> 1) & 3) == RLE_BLOCK ? 1 : header >> 3;
        feed(BLOCK_HEADER_SIZE, content);
        int tail = last && hasChecksum ? CHECKSUM_SIZE : 0;
        if (size + tail > in.length) {
            in = new byte[MOST_BLOCK + CHECKSUM_SIZE];
        }
        input.readWhole(in, size);
        boolean complete = feed(size, content);
        if (tail > 0) {
            input.readWhole(in, tail);
            complete = feed(tail, content);
        }
        if (complete != last) {
            throw BrokenChunkException.wrong("ends where it should not");
        }
        ended = last;
    }

    /** Hands over what is in the buffer. Tells whether the frame has ended, and its checksum was right. */
    private boolean feed(int length, Content content) throws BrokenChunkException {
        ByteBuffer source = ByteBuffer.wrap(in, 0, length);
        ByteBuffer target = ByteBuffer.wrap(out);
        boolean complete;
        try {
            do {
                target.clear();
                complete = context.decompressByteBufferStream(target, source);
                content.add(out, 0, target.position());
            } while (!complete && (source.hasRemaining() || !target.hasRemaining()));
        } catch (ZstdException e) {
            throw BrokenChunkException.wrong(e);
        }
        return complete;
    }

    @Override
    public void close() {
        context.close();
    }
}

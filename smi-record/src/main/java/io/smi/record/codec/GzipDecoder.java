package io.smi.record.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Reads gzip members (RFC 1952), flush by flush, so that it is known up to which byte a broken one is whole. */
final class GzipDecoder implements Decoder {
    /** Three bytes, the last of which says deflate. */
    static final int MAGIC = 0x088b1f;

    static final byte[] MAGIC_BYTES = {0x1f, (byte) 0x8b, 8};

    private static final int FLAG_HEADER_CHECKSUM = 2;
    private static final int FLAG_EXTRA = 4;
    private static final int FLAG_NAME = 8;
    private static final int FLAG_COMMENT = 16;
    private static final int TRAILER_SIZE = 8;
    /** What a flush ends with: an empty block that is not compressed. */
    private static final int FLUSH_MARK = 0x0000ffff;

    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private final byte[] in = new byte[16 * 1024];
    private final byte[] out = new byte[64 * 1024];
    private boolean inMember;
    private boolean ended;

    @Override
    public void begin() {
        inflater.reset();
        checksum.reset();
        inMember = false;
        ended = false;
    }

    @Override
    public boolean advance(Input input, Content content) throws IOException, BrokenChunkException {
        if (ended) {
            return false;
        }
        if (!inMember) {
            readHeader(input);
            inMember = true;
        }
        inflate(input, content);
        return true;
    }

    private void readHeader(Input input) throws IOException, BrokenChunkException {
        input.readWhole(in, GzipEncoder.HEADER.length);
        int flags = in[3];
        if ((flags & FLAG_EXTRA) != 0) {
            input.readWhole(in, 2);
            for (int left = (in[0] & 0xff) + ((in[1] & 0xff) << 8); left > 0; left--) {
                readByte(input);
            }
        }
        if ((flags & FLAG_NAME) != 0) {
            skipText(input);
        }
        if ((flags & FLAG_COMMENT) != 0) {
            skipText(input);
        }
        if ((flags & FLAG_HEADER_CHECKSUM) != 0) {
            input.readWhole(in, 2);
        }
    }

    private static void skipText(Input input) throws IOException, BrokenChunkException {
        while (readByte(input) != 0) {
            // Up to its end.
        }
    }

    private static int readByte(Input input) throws IOException, BrokenChunkException {
        int next = input.read();
        if (next < 0) {
            throw BrokenChunkException.cutOff();
        }
        return next;
    }

    private void inflate(Input input, Content content) throws IOException, BrokenChunkException {
        int length = readToFlush(input);
        inflater.setInput(in, 0, length);
        try {
            int produced;
            do {
                produced = inflater.inflate(out);
                checksum.update(out, 0, produced);
                content.add(out, 0, produced);
            } while (produced > 0);
        } catch (DataFormatException e) {
            throw BrokenChunkException.wrong(e);
        }
        if (inflater.needsDictionary()) {
            throw BrokenChunkException.wrong("wants a dictionary");
        }
        if (inflater.finished()) {
            input.position(input.position() - inflater.getRemaining());
            readTrailer(input);
            ended = true;
        }
    }

    /** Reads up to the end of a flush, or what there is room for. */
    private int readToFlush(Input input) throws IOException, BrokenChunkException {
        int length = 0;
        int last = -1;
        while (length < in.length && last != FLUSH_MARK) {
            int next = input.read();
            if (next < 0 && length == 0) {
                throw BrokenChunkException.cutOff();
            } else if (next < 0) {
                break;
            }
            in[length++] = (byte) next;
            last = (last << 8) | next;
        }
        return length;
    }

    private void readTrailer(Input input) throws IOException, BrokenChunkException {
        input.readWhole(in, TRAILER_SIZE);
        ByteBuffer trailer = ByteBuffer.wrap(in).order(ByteOrder.LITTLE_ENDIAN);
        if (trailer.getInt() != (int) checksum.getValue() || trailer.getInt() != (int) inflater.getBytesWritten()) {
            throw BrokenChunkException.wrong("its checksum is wrong");
        }
    }

    @Override
    public void close() {
        inflater.end();
    }
}

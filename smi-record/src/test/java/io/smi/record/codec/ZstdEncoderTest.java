package io.smi.record.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ZstdEncoderTest {
    private static final int CHUNK = 64;

    /** Lines like frames: the same keys again and again, with other numbers. */
    private static List<byte[]> lines(int count, int keys) {
        Random random = new Random(1);
        List<byte[]> lines = new ArrayList<>();
        for (int seq = 1; seq <= count; seq++) {
            StringBuilder line = new StringBuilder("{\"schema\":1,\"seq\":").append(seq);
            for (int key = 0; key < keys; key++) {
                int value = key % 8 == 0 ? random.nextInt(10_000) : key * 31;
                line.append(",\"key_").append(key).append("_percent\":").append(value);
            }
            lines.add(line.append('}').toString().getBytes(StandardCharsets.US_ASCII));
        }
        return lines;
    }

    private static byte[] encode(int level, List<byte[]> lines) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZstdEncoder encoder = new ZstdEncoder(level, List.of())) {
            int inChunk = 0;
            for (byte[] line : lines) {
                add(out, encoder.line(line));
                if (++inChunk == CHUNK) {
                    add(out, encoder.endChunk());
                    inChunk = 0;
                }
            }
            add(out, encoder.endChunk());
        }
        return out.toByteArray();
    }

    private static void add(ByteArrayOutputStream out, ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        out.writeBytes(copy);
    }

    /** The search is set anew with each chunk, by the length of its first line. */
    @Test
    void chunksOfShortAndLongLinesFollowEachOther() throws IOException {
        List<byte[]> lines = new ArrayList<>(lines(CHUNK, 40));
        lines.addAll(lines(CHUNK, 1000));
        lines.addAll(lines(CHUNK + 5, 40));
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        for (byte[] line : lines) {
            plain.writeBytes(line);
            plain.write('\n');
        }
        for (int level : new int[] {1, 2, 3, 12, 13, 19}) {
            byte[] file = encode(level, lines);
            try (ZstdInputStream in = new ZstdInputStream(new ByteArrayInputStream(file)).setContinuous(true)) {
                assertThat(in.readAllBytes()).as("level %d", level).isEqualTo(plain.toByteArray());
            }
        }
    }

    /** As level 2 searches, level 3 would save little more. */
    @Test
    void theUsualLevelIsMadeForLinesThatAreAlike() {
        for (int keys : new int[] {60, 600}) {
            List<byte[]> lines = lines(2 * CHUNK, keys);
            int usual = encode(Codec.ZSTD.defaultLevel(), lines).length;
            assertThat(usual).as("%d keys", keys).isLessThan(encode(2, lines).length * 9 / 10);
        }
    }
}

package io.smi.cli.doctor;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * Writes small files of nobody into a tar archive.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html">ustar interchange format</a>
 */
final class Tar implements Closeable {
    private static final int BLOCK = 512;
    private static final int MODE = 0600;

    private final OutputStream out;
    private final Instant time;

    Tar(OutputStream out, Instant time) {
        this.out = out;
        this.time = time;
    }

    /** Adds a file; its name has at most 100 characters, of ASCII. */
    void add(String name, byte[] content) throws IOException {
        byte[] header = new byte[BLOCK];
        text(header, 0, name);
        octal(header, 100, 7, MODE);
        octal(header, 108, 7, 0);
        octal(header, 116, 7, 0);
        octal(header, 124, 11, content.length);
        octal(header, 136, 11, time.getEpochSecond());
        Arrays.fill(header, 148, 156, (byte) ' ');
        header[156] = '0';
        text(header, 257, "ustar\00000");
        int sum = 0;
        for (byte b : header) {
            sum += b;
        }
        octal(header, 148, 6, sum);
        header[154] = 0;
        out.write(header);
        out.write(content);
        out.write(new byte[Math.floorMod(-content.length, BLOCK)]);
    }

    private static void text(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    private static void octal(byte[] header, int at, int digits, long value) {
        String octal = Long.toOctalString(value);
        text(header, at, "0".repeat(digits - octal.length()) + octal);
    }

    @Override
    public void close() throws IOException {
        out.write(new byte[2 * BLOCK]);
        out.close();
    }
}

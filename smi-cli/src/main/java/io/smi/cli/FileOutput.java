package io.smi.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/**
 * Output to an open file, in whatever mode its other users have put it. Some make the pipe that is our standard output
 * non-blocking; a {@link FileOutputStream} then fails halfway and does not say where, a channel says how far it got.
 */
final class FileOutput extends OutputStream {
    private final FileChannel channel;
    private final BooleanSupplier isPipe;

    private FileOutput(FileOutputStream file, BooleanSupplier isPipe) {
        this.channel = file.getChannel();
        this.isPipe = isPipe;
    }

    /** Standard output. */
    static FileOutput standard() {
        return new FileOutput(new FileOutputStream(FileDescriptor.out), () -> isPipe(Path.of("/proc/self/fd/1")));
    }

    /** A file that was opened for writing; a pipe when it is no regular file. */
    static FileOutput of(FileOutputStream file, boolean regular) {
        return new FileOutput(file, () -> !regular);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes, offset, length);
        try {
            while (rest.hasRemaining()) {
                if (channel.write(rest) <= 0) {
                    Thread.sleep(1);
                }
            }
        } catch (IOException e) {
            throw isPipe.getAsBoolean() ? new ClosedPipeException(e) : e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Makes sure that what was written survives a crash of the machine. */
    void sync() throws IOException {
        channel.force(true);
    }

    /** A blocking write to a pipe or socket fails for one reason only. */
    private static boolean isPipe(Path descriptor) {
        try {
            String target = Files.readSymbolicLink(descriptor).toString();
            return target.startsWith("pipe:") || target.startsWith("socket:");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}

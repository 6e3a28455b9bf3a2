package io.smi.core.kernel;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;

/** Opens files for reading; a test puts one in that fails. */
public interface FileOpener {
    /** The opener of real files. */
    FileOpener REAL = file -> {
        RandomAccessFile open = new RandomAccessFile(file, "r");
        return new Handle() {
            @Override
            public void rewind() throws IOException {
                open.seek(0);
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return open.read(buffer, offset, length);
            }

            @Override
            public void close() throws IOException {
                open.close();
            }
        };
    };

    /**
     * Opens a file.
     *
     * @throws java.io.FileNotFoundException when it cannot be opened, for whatever reason
     * @throws java.nio.file.FileSystemException when it cannot be opened, and this says why
     */
    Handle open(File file) throws IOException;

    /** An open file. */
    interface Handle extends Closeable {
        /** Back to the start, where the kernel makes its text anew. */
        void rewind() throws IOException;

        /** As {@link RandomAccessFile#read(byte[], int, int)}. */
        int read(byte[] buffer, int offset, int length) throws IOException;
    }
}

package io.smi.core.kernel;

import java.io.File;
import java.io.IOException;

/** Files that answer, once their device is pulled out, as sysfs does to those who have them open: ENODEV. */
public final class PullableFiles implements FileOpener {
    private boolean pulledOut;

    public void pullOut() {
        pulledOut = true;
    }

    @Override
    public Handle open(File file) throws IOException {
        Handle open = REAL.open(file);
        return new Handle() {
            @Override
            public void rewind() throws IOException {
                open.rewind();
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                if (pulledOut) {
                    throw new IOException("No such device");
                }
                return open.read(buffer, offset, length);
            }

            @Override
            public void close() throws IOException {
                open.close();
            }
        };
    }
}

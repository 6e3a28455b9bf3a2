package io.smi.core.process;

import org.jspecify.annotations.Nullable;

/**
 * How large the kernel's pages are: 4 KiB nearly everywhere, 64 KiB on some ARM and POWER servers. It is found out from
 * a process whose address space is told in bytes ({@code stat}) and in pages ({@code statm}), which also holds for a
 * tree that was copied from another machine.
 */
final class PageSize {
    private static final int SMALLEST = 4096;

    private long bytes;

    /** Compares; when the process has grown between the two files, the next one will tell. */
    void learn(long virtualBytes, long virtualPages) {
        if (bytes == 0 && virtualPages > 0 && virtualBytes % virtualPages == 0) {
            long size = virtualBytes / virtualPages;
            bytes = size >= SMALLEST && Long.bitCount(size) == 1 ? size : 0;
        }
    }

    /** This many pages in bytes; null when it is not yet known what a page is. */
    @Nullable
    Long bytesOf(long pages) {
        return pages > 0 && bytes == 0 ? null : Long.valueOf(pages * bytes);
    }
}

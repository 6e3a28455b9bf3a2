package io.smi.core.storage;

/**
 * Counters of a block device, a partition or a mapped device since boot.
 *
 * @param busyMillis time in which it had a request in flight
 */
public record Disk(long readBytes, long writtenBytes, long busyMillis) {
    /** The number of a device by which the kernel and {@code /proc/self/mountinfo} know it. */
    static long number(long major, long minor) {
        return major << 32 | minor;
    }
}

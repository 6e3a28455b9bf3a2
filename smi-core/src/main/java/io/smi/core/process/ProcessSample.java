package io.smi.core.process;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One process at one moment.
 *
 * @param startTime to the second; its hundredths only tell processes apart, as the time of boot is known to the second
 * @param cpuSeconds user and system, of all its threads, to a hundredth
 */
record ProcessSample(
        int pid,
        ProcessStat stat,
        @Nullable Instant startTime,
        double cpuSeconds,
        @Nullable Long residentBytes,
        @Nullable Io io,
        ProcessFacts facts) {

    /** Bytes that were fetched from and sent to block devices: {@code /proc/[pid]/io}. */
    record Io(long readBytes, long writtenBytes) {}
}

/**
 * Processors: time from {@code /proc/stat}, topology and caches from sysfs, names from {@code /proc/cpuinfo}, clocks
 * from cpufreq.
 */
@NullMarked
package io.smi.core.cpu;

import org.jspecify.annotations.NullMarked;

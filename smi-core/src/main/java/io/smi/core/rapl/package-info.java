/** Energy counters of processors: {@code /sys/class/powercap}, shared by the processors' rows and the chassis. */
@NullMarked
package io.smi.core.rapl;

import org.jspecify.annotations.NullMarked;

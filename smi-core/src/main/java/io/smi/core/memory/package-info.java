/** Main memory: {@code /proc/meminfo}, cgroup limits, EDAC. */
@NullMarked
package io.smi.core.memory;

import org.jspecify.annotations.NullMarked;

/** Processes: {@code /proc/[pid]}, and what may be told of their command lines. */
@NullMarked
package io.smi.core.process;

import org.jspecify.annotations.NullMarked;

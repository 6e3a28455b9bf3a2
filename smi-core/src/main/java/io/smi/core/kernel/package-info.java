/** Access to the kernel's text files, {@code /proc} and {@code /sys}: opening, reading, and parsing bytes. */
@NullMarked
package io.smi.core.kernel;

import org.jspecify.annotations.NullMarked;

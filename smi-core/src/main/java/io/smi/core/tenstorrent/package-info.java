/** Tenstorrent: the sysfs of its kernel driver. */
@NullMarked
package io.smi.core.tenstorrent;

import org.jspecify.annotations.NullMarked;

/**
 * macOS and Windows, by OSHI: what it tells of the frame. On Linux only when asked for by {@code --reader oshi}, for there it
 * starts child processes. No other package knows OSHI.
 */
@NullMarked
package io.smi.core.oshi;

import org.jspecify.annotations.NullMarked;

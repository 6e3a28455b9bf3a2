/** Recordings of frames: JSON Lines, written so that a crash loses at most one, and read again. Depends on the schema alone. */
@NullMarked
package io.smi.record;

import org.jspecify.annotations.NullMarked;

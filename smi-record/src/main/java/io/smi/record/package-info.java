/** Recordings of frames: nothing yet but its place. Depends on the schema alone. */
@NullMarked
package io.smi.record;

import org.jspecify.annotations.NullMarked;

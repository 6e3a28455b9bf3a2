/** Writing recordings: one file, or segments one after the other. */
@NullMarked
package io.smi.record.write;

import org.jspecify.annotations.NullMarked;

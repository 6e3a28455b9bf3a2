/** Reading recordings, whole ones and what is left of others. */
@NullMarked
package io.smi.record.read;

import org.jspecify.annotations.NullMarked;

/** Google TPU: that it is there, and which. */
@NullMarked
package io.smi.core.tpu;

import org.jspecify.annotations.NullMarked;

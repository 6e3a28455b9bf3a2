/** One collection for everyone who looks: on a grid, of what anybody wants to see. */
@NullMarked
package io.smi.core.live;

import org.jspecify.annotations.NullMarked;

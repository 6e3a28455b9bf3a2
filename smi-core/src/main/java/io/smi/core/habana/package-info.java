/** Intel Gaudi: what {@code hl-smi} tells. */
@NullMarked
package io.smi.core.habana;

import org.jspecify.annotations.NullMarked;

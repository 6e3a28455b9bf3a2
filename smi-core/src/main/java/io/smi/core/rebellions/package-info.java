/** Rebellions ATOM: what {@code rbln-smi} tells. */
@NullMarked
package io.smi.core.rebellions;

import org.jspecify.annotations.NullMarked;

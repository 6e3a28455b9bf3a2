/** Rebellions ATOM: what {@code rbln-stat} tells. */
@NullMarked
package io.smi.core.rebellions;

import org.jspecify.annotations.NullMarked;

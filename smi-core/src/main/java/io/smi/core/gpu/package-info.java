/** Accelerators: what the PCI bus knows of them. */
@NullMarked
package io.smi.core.gpu;

import org.jspecify.annotations.NullMarked;

/** Manual pages, worked out from the commands' own descriptions. */
@NullMarked
package io.smi.cli.man;

import org.jspecify.annotations.NullMarked;

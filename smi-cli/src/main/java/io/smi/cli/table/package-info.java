/** The table: a frame as a person wants to see it, in 80 columns. One class per block of it. */
@NullMarked
package io.smi.cli.table;

import org.jspecify.annotations.NullMarked;

/** The command line: one class per command, listed in SmiCommand. */
@NullMarked
package io.smi.cli;

import org.jspecify.annotations.NullMarked;

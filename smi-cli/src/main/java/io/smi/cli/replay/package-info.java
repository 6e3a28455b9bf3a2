/** A recording in place of the machine: its frames come again as they once came. */
@NullMarked
package io.smi.cli.replay;

import org.jspecify.annotations.NullMarked;

/** What people read: numbers with units, and characters as a terminal shows them. */
@NullMarked
package io.smi.cli.text;

import org.jspecify.annotations.NullMarked;

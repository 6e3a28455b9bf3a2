/** The {@code storage} section: mounted file systems, and the devices below them. */
@NullMarked
package io.smi.core.storage;

import org.jspecify.annotations.NullMarked;

/** The {@code network} section: network interfaces. */
@NullMarked
package io.smi.core.network;

import org.jspecify.annotations.NullMarked;

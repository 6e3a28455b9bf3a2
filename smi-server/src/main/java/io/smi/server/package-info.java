/** The HTTP server: what it serves ({@code Routes}), where it listens, and its life from start to end. */
@NullMarked
package io.smi.server;

import org.jspecify.annotations.NullMarked;

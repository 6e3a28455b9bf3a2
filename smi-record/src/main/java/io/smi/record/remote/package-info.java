/** Frames of another machine: a client of the server-sent events that {@code smi api} gives. */
@NullMarked
package io.smi.record.remote;

import org.jspecify.annotations.NullMarked;

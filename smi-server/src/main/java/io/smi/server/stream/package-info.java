/** Server-sent events: the bus of frames, and the fan-out to any number of clients. */
@NullMarked
package io.smi.server.stream;

import org.jspecify.annotations.NullMarked;

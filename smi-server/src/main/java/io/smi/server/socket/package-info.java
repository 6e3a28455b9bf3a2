/** The Unix socket, and sockets that systemd hands over, in front of Undertow. */
@NullMarked
package io.smi.server.socket;

import org.jspecify.annotations.NullMarked;

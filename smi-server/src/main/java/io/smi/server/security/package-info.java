/** Who may ask: TLS, users, tokens, hosts, origins. */
@NullMarked
package io.smi.server.security;

import org.jspecify.annotations.NullMarked;

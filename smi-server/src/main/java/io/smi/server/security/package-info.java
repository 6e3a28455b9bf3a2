/**
 * Who may ask: TLS, users, tokens, hosts, origins. The handlers stand in this order before the routes: {@link
 * io.smi.server.security.ResponseHeaders}, {@link io.smi.server.security.HostGate}, {@link
 * io.smi.server.security.Cors}, {@link io.smi.server.security.RateLimit}, what answers other methods than GET and HEAD,
 * {@link io.smi.server.security.Authentication}.
 */
@NullMarked
package io.smi.server.security;

import org.jspecify.annotations.NullMarked;

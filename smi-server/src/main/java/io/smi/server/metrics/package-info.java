/** The frame and smi itself as Prometheus metrics. */
@NullMarked
package io.smi.server.metrics;

import org.jspecify.annotations.NullMarked;

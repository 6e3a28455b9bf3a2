/** What every request passes: the gate before the routes, parameters, problems. */
@NullMarked
package io.smi.server.http;

import org.jspecify.annotations.NullMarked;

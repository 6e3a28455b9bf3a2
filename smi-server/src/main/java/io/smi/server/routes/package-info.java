/** What answers on each path: a file per path, or per few that are alike. */
@NullMarked
package io.smi.server.routes;

import org.jspecify.annotations.NullMarked;

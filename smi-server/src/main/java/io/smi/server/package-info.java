/** The HTTP server: nothing yet but its place. Depends on core and schema. */
@NullMarked
package io.smi.server;

import org.jspecify.annotations.NullMarked;

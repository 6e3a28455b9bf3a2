/** What shells need to complete command lines of smi, worked out from the commands' own descriptions. */
@NullMarked
package io.smi.cli.completion;

import org.jspecify.annotations.NullMarked;

/** Settings: the values that files and environment variables give to options that a command line leaves out. */
@NullMarked
package io.smi.cli.config;

import org.jspecify.annotations.NullMarked;

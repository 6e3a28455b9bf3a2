/** Programs of vendors that ship nothing else to ask: found, started, listened to and, when late, ended with all that they started. */
@NullMarked
package io.smi.core.command;

import org.jspecify.annotations.NullMarked;

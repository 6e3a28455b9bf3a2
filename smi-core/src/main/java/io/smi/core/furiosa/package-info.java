/** FuriosaAI RNGD: what {@code furiosa-smi} tells. */
@NullMarked
package io.smi.core.furiosa;

import org.jspecify.annotations.NullMarked;

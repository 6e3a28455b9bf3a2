package io.smi.core.amd;

import io.smi.schema.Gpu;
import org.jspecify.annotations.Nullable;

/**
 * A card at one time.
 *
 * @param residencies from which, with those before, {@code throttle_reasons} are worked out where the card gives none itself
 */
record CardReading(Gpu gpu, @Nullable Residencies residencies) {}

package io.smi.record.write;

import io.smi.record.codec.Codec;
import java.time.Duration;

/**
 * How files are written.
 *
 * @param level of compression, as {@link Codec#encoder} takes it
 * @param fsync within which a line is synced; zero: at once
 */
public record FileSettings(Codec codec, int level, Duration fsync) {}

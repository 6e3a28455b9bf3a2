/**
 * The hardware: {@link io.smi.core.Readers} lists what is read, {@link io.smi.core.Collector} runs it under deadlines
 * and makes frames of it.
 *
 * <p>One package per section ({@code cpu}, {@code memory}, {@code chassis}, {@code process}, {@code gpu}) and one per
 * source that several sections share ({@code hwmon}, {@code rapl}). A reader returns what the kernel told it; what
 * follows from that, rates above all, is worked out by the section's {@code *Rows}, from this reading and the one
 * before.
 */
@NullMarked
package io.smi.core;

import org.jspecify.annotations.NullMarked;

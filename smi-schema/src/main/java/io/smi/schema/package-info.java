/**
 * The snapshot frame: one record per JSON object, {@link io.smi.schema.FrameBuilder} to make a frame,
 * {@link io.smi.schema.EncodedFrame} and {@link io.smi.schema.FrameDecoder} to turn it into bytes and back.
 *
 * <p>A record lists its keys twice in one file: the component with its {@link io.smi.schema.Key} (what it means), and one
 * line in {@code writeTo} (how it is written). Everything else, the JSON Schema and {@code docs/schema.md} included, is
 * derived from those and held against them by tests. {@code null} means that the value could not be read,
 * never zero; lists that were read and found empty are empty.
 */
@NullMarked
package io.smi.schema;

import org.jspecify.annotations.NullMarked;

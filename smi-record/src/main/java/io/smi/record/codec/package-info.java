/** How lines become the bytes of a file, and bytes lines again: plain, gzip, zstd. Knows nothing of frames. */
@NullMarked
package io.smi.record.codec;

import org.jspecify.annotations.NullMarked;

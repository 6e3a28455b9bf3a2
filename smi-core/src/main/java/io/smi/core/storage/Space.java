package io.smi.core.storage;

import org.jspecify.annotations.Nullable;

/**
 * How full a file system is.
 *
 * @param totalBytes its size
 * @param usedBytes what is not free, as {@code df} counts it
 * @param availableBytes what users other than root may still fill
 * @param inodes null for a file system without a fixed number of them
 * @param inodesFree as {@code inodes}
 */
public record Space(
        @Nullable Long totalBytes,
        @Nullable Long usedBytes,
        @Nullable Long availableBytes,
        @Nullable Long inodes,
        @Nullable Long inodesFree) {}

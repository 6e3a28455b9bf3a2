package io.smi.core.storage;

import org.jspecify.annotations.Nullable;

/**
 * A mount and how full it is.
 *
 * @param space null when it could not be told, or not in time
 */
public record MountedSpace(Mount mount, @Nullable Space space) {}

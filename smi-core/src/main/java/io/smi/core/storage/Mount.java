package io.smi.core.storage;

import org.jspecify.annotations.Nullable;

/**
 * One mounted file system.
 *
 * @param point where it is mounted
 * @param source what is mounted: a device, a server's folder, or a name that somebody chose
 * @param disk the {@link Disk#number} of the device that it is on; null for those of the network and of memory
 * @param drive a path in sysfs through the drive that the device is on, or a part of, with a slash behind the drive's
 *     name; null when there is not exactly one
 */
public record Mount(
        String point,
        String source,
        String type,
        boolean readOnly,
        @Nullable Long disk,
        @Nullable String drive) {}

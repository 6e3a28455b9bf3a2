/** What processes use of GPUs, as any driver of the kernel's DRM subsystem tells it in {@code /proc/[pid]/fdinfo}. */
@NullMarked
package io.smi.core.drm;

import org.jspecify.annotations.NullMarked;

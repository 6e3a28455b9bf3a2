package io.smi.core.drm;

import org.jspecify.annotations.Nullable;

/**
 * A GPU that a process has opened.
 *
 * @param device its PCI address, or its name in sysfs where it is no PCI device
 * @param client what it uses through it, shared with all files that were made of this one; null when not known
 */
record DrmFile(int pid, String device, @Nullable DrmClient client) {}

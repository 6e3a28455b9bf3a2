/**
 * Intel's GPUs and NPUs: what i915, xe and intel_vpu tell in sysfs. What keeps a GPU busy is known by its clients alone, and
 * told by {@link io.smi.core.drm}.
 */
@NullMarked
package io.smi.core.intel;

import org.jspecify.annotations.NullMarked;

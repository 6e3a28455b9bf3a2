/** AMD's GPUs: what amdgpu tells in sysfs. Its clients are told by {@link io.smi.core.drm}. */
@NullMarked
package io.smi.core.amd;

import org.jspecify.annotations.NullMarked;

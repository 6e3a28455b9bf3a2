/** NVIDIA's GPUs, by the driver's own library NVML. */
@NullMarked
package io.smi.core.nvidia;

import org.jspecify.annotations.NullMarked;

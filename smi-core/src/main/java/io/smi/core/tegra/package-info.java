/** NVIDIA's Jetson: the GPU that is part of a Tegra, and the power monitors of its module. By sysfs alone. */
@NullMarked
package io.smi.core.tegra;

import org.jspecify.annotations.NullMarked;

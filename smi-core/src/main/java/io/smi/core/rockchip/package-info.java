/** Rockchip: load and clocks of the NPU, and of the GPU by Arm's driver. */
@NullMarked
package io.smi.core.rockchip;

import org.jspecify.annotations.NullMarked;

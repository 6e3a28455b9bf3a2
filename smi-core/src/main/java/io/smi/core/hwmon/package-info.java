/** Sensors: {@code /sys/class/hwmon}, shared by the processors' temperatures and the chassis. */
@NullMarked
package io.smi.core.hwmon;

import org.jspecify.annotations.NullMarked;

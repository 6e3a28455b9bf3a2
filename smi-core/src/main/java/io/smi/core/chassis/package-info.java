/** The machine as a whole: DMI, kernel, uptime, load, pressure, power supplies, virtualization, container. */
@NullMarked
package io.smi.core.chassis;

import org.jspecify.annotations.NullMarked;

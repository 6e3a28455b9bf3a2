/** {@code smi doctor}: {@link io.smi.cli.doctor.Checks} lists what is checked. Everything is only looked at. */
@NullMarked
package io.smi.cli.doctor;

import org.jspecify.annotations.NullMarked;

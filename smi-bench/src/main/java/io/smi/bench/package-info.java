/** What smi costs in steady state, measured with JMH: {@code smi-bench/jmh}. */
@NullMarked
package io.smi.bench;

import org.jspecify.annotations.NullMarked;

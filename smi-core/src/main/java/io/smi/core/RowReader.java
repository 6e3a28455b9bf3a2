package io.smi.core;

import java.util.List;

/**
 * A reader whose data are rows of the frame as they are. Rows of several such readers of one section are put together
 * in the order of {@link Readers}.
 *
 * @param <R> the section's row
 */
public interface RowReader<R> extends Reader<List<R>> {}

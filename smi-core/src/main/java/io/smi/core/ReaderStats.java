package io.smi.core;

/**
 * How one reader has done so far: what smi tells about itself.
 *
 * @param reader its name, as in {@code errors[].reader}
 * @param success whether the last call answered by its deadline without an error; a permission that is lacking is none
 * @param seconds how long the last call took; one that hangs counts until now
 * @param timeoutsTotal calls that had not answered by their deadline
 * @param failuresTotal calls that threw
 */
public record ReaderStats(String reader, boolean success, double seconds, long timeoutsTotal, long failuresTotal) {}

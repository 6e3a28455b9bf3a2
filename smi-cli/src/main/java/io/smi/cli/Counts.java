package io.smi.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads whole numbers, and refuses those out of bounds. */
record Counts(int least, int most) implements ITypeConverter<Integer> {
    static final Counts FROM_ONE = new Counts(1, Integer.MAX_VALUE);

    @Override
    public Integer convert(String text) {
        try {
            int count = Integer.parseInt(text);
            if (count >= least && count <= most) {
                return count;
            }
        } catch (NumberFormatException e) {
            // Told below, like a number that is too small.
        }
        throw new TypeConversionException("'" + text + "' is not a number from " + least + " to " + most);
    }
}

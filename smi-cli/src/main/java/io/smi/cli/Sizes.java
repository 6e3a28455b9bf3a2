package io.smi.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads sizes of files such as {@code 100M}, in bytes and multiples of 1024, and refuses those out of bounds. */
final class Sizes implements ITypeConverter<Long> {
    private static final String UNITS = "KMG";
    /** Below that, most of a file is what each begins and ends with. */
    private static final long LEAST = 64 << 10;
    /** Which no file system takes. */
    private static final int MOST_DIGITS = 6;

    @Override
    public Long convert(String text) {
        int unit = text.isEmpty() ? -1 : UNITS.indexOf(text.charAt(text.length() - 1));
        String digits = unit < 0 ? "" : text.substring(0, text.length() - 1);
        if (digits.isEmpty() || digits.length() > MOST_DIGITS || !areDigits(digits)) {
            throw refused(text);
        }
        long size = Long.parseLong(digits) << (10 * (unit + 1));
        if (size < LEAST) {
            throw refused(text);
        }
        return size;
    }

    private static boolean areDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static TypeConversionException refused(String text) {
        return new TypeConversionException("'" + text + "' is not a number with K, M or G from 64K, such as 100M");
    }
}

package io.smi.record.read;

/**
 * How fast a recording is replayed.
 *
 * @param factor 1 for as fast as it was recorded, 2 for twice that; infinite for as fast as it can be read
 */
public record Speed(double factor) {
    /** As it was recorded. */
    public static final Speed RECORDED = new Speed(1);

    /** As fast as it can be read. */
    public static final Speed MAX = new Speed(Double.POSITIVE_INFINITY);

    private static final double LEAST = 0.01;
    private static final double MOST = 10_000;
    private static final int LONGEST = 9;

    public Speed {
        if (!(factor > 0)) {
            throw new IllegalArgumentException("a speed is above 0, not " + factor);
        }
    }

    /**
     * Reads {@code max} or a number.
     *
     * @throws IllegalArgumentException when it is neither; the message is for users
     */
    public static Speed parse(String text) {
        if (text.equals("max")) {
            return MAX;
        }
        if (isDecimal(text)) {
            double factor = Double.parseDouble(text);
            if (factor >= LEAST && factor <= MOST) {
                return new Speed(factor);
            }
        }
        throw new IllegalArgumentException(
                "'" + text + "' is not max, or a number from 0.01 to 10000, such as 1 or 0.5");
    }

    /** What Java takes for a number has exponents and infinities too. */
    private static boolean isDecimal(String text) {
        int point = text.indexOf('.');
        String digits = point < 0 ? text : text.substring(0, point) + text.substring(point + 1);
        return !digits.isEmpty()
                && digits.length() <= LONGEST
                && digits.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    }

    /** How long it takes to replay what took that long; 0 at {@link #MAX}. */
    public long nanos(long recordedNanos) {
        return Math.round(recordedNanos / factor);
    }
}

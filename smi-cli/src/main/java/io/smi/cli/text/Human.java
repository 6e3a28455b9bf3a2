package io.smi.cli.text;

import org.jspecify.annotations.Nullable;

/** Numbers as people read them: three digits or so, and a unit. What is not known is a dash. */
public final class Human {
    public static final String UNKNOWN = "-";

    private static final String[] BINARY = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

    private Human() {}

    public static String bytes(@Nullable Long bytes) {
        if (bytes == null) {
            return UNKNOWN;
        }
        double value = bytes;
        int unit = 0;
        while (value >= 1000 && unit < BINARY.length - 1) {
            value /= 1024;
            unit++;
        }
        return (unit == 0 ? Long.toString(bytes) : threeDigits(value)) + " " + BINARY[unit];
    }

    public static String percent(@Nullable Double percent) {
        return percent == null ? UNKNOWN : decimals(percent, percent >= 99.95 ? 0 : 1) + " %";
    }

    public static String watts(@Nullable Double watts) {
        return watts == null ? UNKNOWN : threeDigits(watts) + " W";
    }

    public static String clock(@Nullable Integer mhz) {
        if (mhz == null) {
            return UNKNOWN;
        }
        return mhz < 1000 ? mhz + " MHz" : decimals(mhz / 1000.0, 2) + " GHz";
    }

    public static String celsius(@Nullable Double celsius, boolean unicode) {
        return celsius == null ? UNKNOWN : decimals(celsius, 0) + (unicode ? " °C" : " C");
    }

    /** Such as {@code 3 d 4 h}, {@code 12 min}. */
    public static String uptime(@Nullable Double seconds) {
        if (seconds == null) {
            return UNKNOWN;
        }
        long minutes = (long) (seconds / 60);
        long hours = minutes / 60;
        long days = hours / 24;
        if (days > 0) {
            return days + " d " + hours % 24 + " h";
        }
        return hours > 0 ? hours + " h " + minutes % 60 + " min" : minutes + " min";
    }

    /** Hours, minutes and seconds; hours go on after a day: {@code 00:12:34}, {@code 131:00:05}. */
    public static String time(long seconds) {
        return twoDigits(seconds / 3600) + ":" + twoDigits(seconds / 60 % 60) + ":" + twoDigits(seconds % 60);
    }

    private static String twoDigits(long number) {
        return number < 10 ? "0" + number : Long.toString(number);
    }

    public static String threeDigits(double value) {
        return decimals(value, value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2);
    }

    public static String decimals(double value, int digits) {
        if (digits == 0) {
            return Long.toString(Math.round(value));
        }
        long scale = digits == 1 ? 10 : 100;
        long scaled = Math.round(Math.abs(value) * scale);
        String fraction = Long.toString(scaled % scale);
        String zeros = "0".repeat(digits - fraction.length());
        return (value < 0 && scaled > 0 ? "-" : "") + scaled / scale + "." + zeros + fraction;
    }
}

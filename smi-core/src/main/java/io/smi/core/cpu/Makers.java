package io.smi.core.cpu;

/** Who makes processors. */
public final class Makers {
    private Makers() {}

    /** The name by which a maker is known, for x86's strings of 12 bytes and the device tree's prefixes. */
    public static String known(String maker) {
        return switch (maker) {
            case "GenuineIntel" -> "Intel";
            case "AuthenticAMD" -> "AMD";
            case "HygonGenuine" -> "Hygon";
            case "CentaurHauls", "Shanghai" -> "Zhaoxin";
            case "IBM/S390" -> "IBM";
            case "arm" -> "ARM";
            case "sifive" -> "SiFive";
            case "spacemit" -> "SpacemiT";
            case "thead" -> "T-Head";
            default -> maker;
        };
    }
}

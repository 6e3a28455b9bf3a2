package io.smi.core.cpu;

import java.util.BitSet;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Names for what ARM processors say of themselves: the implementer and the part number of the main id register, which
 * {@code /proc/cpuinfo} shows of each CPU. Numbers from Linux' {@code arch/arm64/include/asm/cputype.h}, LLVM and the
 * manuals of the cores.
 */
final class ArmParts {
    private ArmParts() {}

    /** A design of a core; of two in one machine, the one that comes first here is the faster. */
    private record Part(int implementer, int number, String name) {}

    /** The kind of core of a CPU. */
    record Id(int implementer, int part) {}

    private static final int ARM = 0x41;
    private static final int BROADCOM = 0x42;
    private static final int CAVIUM = 0x43;
    private static final int FUJITSU = 0x46;
    private static final int HISILICON = 0x48;
    private static final int NVIDIA = 0x4e;
    private static final int APPLIED_MICRO = 0x50;
    private static final int QUALCOMM = 0x51;
    private static final int SAMSUNG = 0x53;
    private static final int MARVELL = 0x56;
    private static final int APPLE = 0x61;
    private static final int MICROSOFT = 0x6d;
    private static final int PHYTIUM = 0x70;
    private static final int AMPERE = 0xc0;

    private static final Part[] PARTS = {
        new Part(ARM, 0xd84, "Neoverse-V3"),
        new Part(ARM, 0xd83, "Neoverse-V3AE"),
        new Part(ARM, 0xd4f, "Neoverse-V2"),
        new Part(ARM, 0xd40, "Neoverse-V1"),
        new Part(ARM, 0xd8e, "Neoverse-N3"),
        new Part(ARM, 0xd49, "Neoverse-N2"),
        new Part(ARM, 0xd0c, "Neoverse-N1"),
        new Part(ARM, 0xd4a, "Neoverse-E1"),
        new Part(ARM, 0xd8c, "C1-Ultra"),
        new Part(ARM, 0xd90, "C1-Premium"),
        new Part(ARM, 0xd8b, "C1-Pro"),
        new Part(ARM, 0xd8a, "C1-Nano"),
        new Part(ARM, 0xd85, "Cortex-X925"),
        new Part(ARM, 0xd82, "Cortex-X4"),
        new Part(ARM, 0xd4e, "Cortex-X3"),
        new Part(ARM, 0xd48, "Cortex-X2"),
        new Part(ARM, 0xd4c, "Cortex-X1C"),
        new Part(ARM, 0xd44, "Cortex-X1"),
        new Part(ARM, 0xd87, "Cortex-A725"),
        new Part(ARM, 0xd89, "Cortex-A720AE"),
        new Part(ARM, 0xd81, "Cortex-A720"),
        new Part(ARM, 0xd4d, "Cortex-A715"),
        new Part(ARM, 0xd47, "Cortex-A710"),
        new Part(ARM, 0xd4b, "Cortex-A78C"),
        new Part(ARM, 0xd42, "Cortex-A78AE"),
        new Part(ARM, 0xd41, "Cortex-A78"),
        new Part(ARM, 0xd0d, "Cortex-A77"),
        new Part(ARM, 0xd0e, "Cortex-A76AE"),
        new Part(ARM, 0xd0b, "Cortex-A76"),
        new Part(ARM, 0xd0a, "Cortex-A75"),
        new Part(ARM, 0xd09, "Cortex-A73"),
        new Part(ARM, 0xd08, "Cortex-A72"),
        new Part(ARM, 0xd07, "Cortex-A57"),
        new Part(ARM, 0xc0e, "Cortex-A17"),
        new Part(ARM, 0xc0d, "Cortex-A12"),
        new Part(ARM, 0xc0f, "Cortex-A15"),
        new Part(ARM, 0xd06, "Cortex-A65"),
        new Part(ARM, 0xd43, "Cortex-A65AE"),
        new Part(ARM, 0xd88, "Cortex-A520AE"),
        new Part(ARM, 0xd80, "Cortex-A520"),
        new Part(ARM, 0xd46, "Cortex-A510"),
        new Part(ARM, 0xd05, "Cortex-A55"),
        new Part(ARM, 0xd03, "Cortex-A53"),
        new Part(ARM, 0xd8f, "Cortex-A320"),
        new Part(ARM, 0xd04, "Cortex-A35"),
        new Part(ARM, 0xd02, "Cortex-A34"),
        new Part(ARM, 0xd01, "Cortex-A32"),
        new Part(ARM, 0xc09, "Cortex-A9"),
        new Part(ARM, 0xc08, "Cortex-A8"),
        new Part(ARM, 0xc07, "Cortex-A7"),
        new Part(ARM, 0xc05, "Cortex-A5"),
        new Part(ARM, 0xb76, "ARM1176"),
        new Part(BROADCOM, 0x516, "ThunderX2"),
        new Part(BROADCOM, 0x100, "Brahma-B53"),
        new Part(CAVIUM, 0x0b8, "ThunderX3"),
        new Part(CAVIUM, 0x0af, "ThunderX2"),
        new Part(CAVIUM, 0x0a1, "ThunderX"),
        new Part(CAVIUM, 0x0a0, "ThunderX"),
        new Part(CAVIUM, 0x0b1, "OcteonTX2-98XX"),
        new Part(CAVIUM, 0x0b2, "OcteonTX2-96XX"),
        new Part(FUJITSU, 0x001, "A64FX"),
        new Part(HISILICON, 0xd02, "TaiShan-v120"),
        new Part(HISILICON, 0xd01, "TaiShan-v110"),
        new Part(HISILICON, 0xd40, "Cortex-A76"),
        new Part(NVIDIA, 0x010, "Olympus"),
        new Part(NVIDIA, 0x004, "Carmel"),
        new Part(NVIDIA, 0x003, "Denver 2"),
        new Part(NVIDIA, 0x000, "Denver"),
        new Part(APPLIED_MICRO, 0x000, "X-Gene"),
        new Part(QUALCOMM, 0x001, "Oryon"),
        new Part(QUALCOMM, 0xc01, "Saphira"),
        new Part(QUALCOMM, 0xc00, "Falkor"),
        new Part(QUALCOMM, 0x804, "Kryo-4XX-Gold"),
        new Part(QUALCOMM, 0x802, "Kryo-3XX-Gold"),
        new Part(QUALCOMM, 0x800, "Kryo-2XX-Gold"),
        new Part(QUALCOMM, 0x805, "Kryo-4XX-Silver"),
        new Part(QUALCOMM, 0x803, "Kryo-3XX-Silver"),
        new Part(QUALCOMM, 0x801, "Kryo-2XX-Silver"),
        new Part(QUALCOMM, 0x211, "Kryo"),
        new Part(QUALCOMM, 0x205, "Kryo"),
        new Part(QUALCOMM, 0x201, "Kryo"),
        new Part(SAMSUNG, 0x004, "Exynos-M5"),
        new Part(SAMSUNG, 0x003, "Exynos-M4"),
        new Part(SAMSUNG, 0x002, "Exynos-M3"),
        new Part(SAMSUNG, 0x001, "Exynos-M1"),
        new Part(APPLE, 0x039, "Apple M2 Max"),
        new Part(APPLE, 0x038, "Apple M2 Max"),
        new Part(APPLE, 0x035, "Apple M2 Pro"),
        new Part(APPLE, 0x034, "Apple M2 Pro"),
        new Part(APPLE, 0x033, "Apple M2"),
        new Part(APPLE, 0x032, "Apple M2"),
        new Part(APPLE, 0x029, "Apple M1 Max"),
        new Part(APPLE, 0x028, "Apple M1 Max"),
        new Part(APPLE, 0x025, "Apple M1 Pro"),
        new Part(APPLE, 0x024, "Apple M1 Pro"),
        new Part(APPLE, 0x023, "Apple M1"),
        new Part(APPLE, 0x022, "Apple M1"),
        new Part(MICROSOFT, 0xd49, "Cobalt 100"),
        new Part(PHYTIUM, 0x663, "FTC663"),
        new Part(PHYTIUM, 0x662, "FTC662"),
        new Part(PHYTIUM, 0x661, "FTC661"),
        new Part(PHYTIUM, 0x660, "FTC660"),
        new Part(AMPERE, 0xac4, "AmpereOne"),
        new Part(AMPERE, 0xac3, "AmpereOne"),
    };

    /** Names of the kinds of core, the fastest first, such as Cortex-A76 + Cortex-A55; null when one is not known. */
    static @Nullable String model(Collection<Id> kinds) {
        BitSet places = new BitSet();
        for (Id kind : kinds) {
            int place = place(kind);
            if (place < 0) {
                return null;
            }
            places.set(place);
        }
        StringBuilder model = new StringBuilder();
        String last = null;
        for (int place = places.nextSetBit(0); place >= 0; place = places.nextSetBit(place + 1)) {
            String name = PARTS[place].name;
            if (!name.equals(last)) {
                model.append(last == null ? "" : " + ").append(name);
            }
            last = name;
        }
        return model.isEmpty() ? null : model.toString();
    }

    private static int place(Id kind) {
        for (int place = 0; place < PARTS.length; place++) {
            if (PARTS[place].implementer == kind.implementer && PARTS[place].number == kind.part) {
                return place;
            }
        }
        return -1;
    }

    static @Nullable String vendor(int implementer) {
        return switch (implementer) {
            case ARM -> "ARM";
            case BROADCOM -> "Broadcom";
            case CAVIUM -> "Cavium";
            case FUJITSU -> "Fujitsu";
            case HISILICON -> "HiSilicon";
            case NVIDIA -> "NVIDIA";
            case APPLIED_MICRO -> "APM";
            case QUALCOMM -> "Qualcomm";
            case SAMSUNG -> "Samsung";
            case MARVELL -> "Marvell";
            case APPLE -> "Apple";
            case MICROSOFT -> "Microsoft";
            case PHYTIUM -> "Phytium";
            case AMPERE -> "Ampere";
            default -> null;
        };
    }
}

package io.smi.core.nvidia;

import io.smi.core.nvidia.NvmlLayout.FanSpeed;
import io.smi.core.nvidia.NvmlLayout.Memory2;
import io.smi.core.nvidia.NvmlLayout.PciInfo;
import io.smi.core.nvidia.NvmlLayout.ProcessInfo;
import io.smi.core.nvidia.NvmlLayout.ProcessInfo1;
import java.nio.ByteBuffer;
import java.util.Locale;

/** Machines for tests. Their numbers are made up, and all different, so that none stands in another's place unseen. */
final class FakeMachines {
    static final long GIB = 1L << 30;

    private FakeMachines() {}

    /** Eight H100, the first two split into instances; the third is slowed down, and trains. */
    static FakeNvml h100s() {
        return h100s(8);
    }

    /** The first of them. */
    static FakeNvml h100s(int count) {
        FakeNvml nvml = new FakeNvml();
        for (int i = 0; i < count; i++) {
            nvml.card(h100(i));
        }
        for (int i = 0; i < 2; i++) {
            FakeCard card = nvml.card(i);
            card.ints("nvmlDeviceGetMigMode", 1, 1);
            card.answers("nvmlDeviceGetUtilizationRates", out -> NvmlReturn.NOT_SUPPORTED);
            card.load(1, 62.5 + i).load(9, 7.25 + i);
            card.instance(instance(100 + 10 * i, "3g.40gb", 1, 40)).instance(instance(101 + 10 * i, "1g.10gb", 9, 10));
        }
        nvml.card(2)
                .words("nvmlDeviceGetCurrentClocksEventReasons", 0, 0x1 | 0x4 | 0x40)
                .processes("nvmlDeviceGetComputeRunningProcesses_v3", ProcessInfo.SIZE, 4001, 60 * GIB, 4002, 5 * GIB)
                .processes("nvmlDeviceGetGraphicsRunningProcesses_v3", ProcessInfo.SIZE, 4002, 5 * GIB, 4003, -1)
                .samples(4001, 1000, 20, 4001, 3000, 91, 4001, 2000, 50, 4002, 3000, 7);
        return nvml;
    }

    static FakeCard h100(int i) {
        String address = "0000:%02x:00.0".formatted(0x1b + i);
        FakeCard card = new FakeCard(address, 0x7f00_0000_0000L + i)
                .ints("nvmlDeviceGetIndex", i)
                .text("nvmlDeviceGetUUID", "GPU-0000000" + i + "-1111-2222-3333-444444444444")
                .text("nvmlDeviceGetName", "NVIDIA H100 80GB HBM3")
                .text("nvmlDeviceGetSerial", "165012300000" + i)
                .text("nvmlDeviceGetVbiosVersion", "96.00.89.00.0" + i)
                .text("nvmlDeviceGetGspFirmwareVersion", "580.65.06")
                .answers("nvmlDeviceGetPciInfo_v3", out -> {
                    String long8 = "0000" + address.toUpperCase(Locale.ROOT);
                    return putAddress(out.get(0), long8);
                })
                .struct("nvmlDeviceGetUtilizationRates", 0, 90 + i, 40 + i)
                .ints("nvmlDeviceGetEncoderUtilization", 1 + i, 167000)
                .ints("nvmlDeviceGetDecoderUtilization", 2 + i, 167000)
                .ints("nvmlDeviceGetJpgUtilization", 3 + i, 167000)
                .ints("nvmlDeviceGetOfaUtilization", 4 + i, 167000)
                .words("nvmlDeviceGetMemoryInfo_v2", Memory2.TOTAL, 80 * GIB, GIB / 2, 20 * GIB, 60 * GIB - GIB / 2)
                .words("nvmlDeviceGetMemoryInfo", 0, 80 * GIB, 20 * GIB, 60 * GIB)
                .ints("nvmlDeviceGetNumFans", 0);
        condition(card, i);
        counters(card, i);
        link(card, i);
        return card;
    }

    private static void condition(FakeCard card, int i) {
        card.ints("nvmlDeviceGetTemperature/0", 50 + i)
                .ints("nvmlDeviceGetTemperatureThreshold/0", 92)
                .ints("nvmlDeviceGetTemperatureThreshold/1", 89)
                .ints("nvmlDeviceGetPowerUsage", 600_500 + i)
                .ints("nvmlDeviceGetEnforcedPowerLimit", 650_000)
                .ints("nvmlDeviceGetPowerManagementLimitConstraints", 200_000, 700_000)
                .ints("nvmlDeviceGetClockInfo/0", 1755 + i)
                .ints("nvmlDeviceGetClockInfo/2", 2619)
                .ints("nvmlDeviceGetMaxClockInfo/0", 1980)
                .ints("nvmlDeviceGetMaxClockInfo/2", 2620)
                .ints("nvmlDeviceGetPerformanceState", 0)
                .words("nvmlDeviceGetCurrentClocksEventReasons", 0, 0x1)
                .ints("nvmlDeviceGetPersistenceMode", 1)
                .ints("nvmlDeviceGetComputeMode", 3)
                .ints("nvmlDeviceGetMigMode", 0, 0)
                .ints("nvmlDeviceGetMaxMigDeviceCount", 7)
                .ints("nvmlDeviceGetVirtualizationMode", 0)
                .processes("nvmlDeviceGetComputeRunningProcesses_v3", ProcessInfo.SIZE)
                .processes("nvmlDeviceGetGraphicsRunningProcesses_v3", ProcessInfo.SIZE)
                .processes("nvmlDeviceGetMPSComputeRunningProcesses_v3", ProcessInfo.SIZE)
                .samples()
                .ints("nvmlDeviceRegisterEvents");
    }

    private static void counters(FakeCard card, int i) {
        card.field(82, 1, 70 + i)
                .field(83, 123_456_789L + i)
                .field(94, 1, 11 + i)
                .field(197, 5_000_000_000L)
                .field(198, 6_000_000_000L)
                .field(1, 1, 1)
                .field(3, 21)
                .field(4, 0)
                .field(5, 23)
                .field(6, 1)
                .field(142, 1, 2)
                .field(143, 1, 1)
                .field(144, 1, 0)
                .field(145, 1, 0);
    }

    private static void link(FakeCard card, int i) {
        card.ints("nvmlDeviceGetMaxPcieLinkGeneration", 5)
                .ints("nvmlDeviceGetMaxPcieLinkWidth", 16)
                .ints("nvmlDeviceGetCurrPcieLinkGeneration", 4)
                .ints("nvmlDeviceGetCurrPcieLinkWidth", 8)
                .field(91, 1, 18)
                .field(165, 1, 1)
                .field(138, 1000 + i)
                .field(139, 2000 + i)
                .field(161, 1)
                .field(162, 2)
                .field(163, 4);
        for (int link = 0; link < 18; link++) {
            card.ints("nvmlDeviceGetNvLinkRemoteDeviceType/" + link, 2);
            card.answers(
                    "nvmlDeviceGetNvLinkRemotePciInfo_v2/" + link, out -> putAddress(out.get(0), "00000000:07:00.0"));
        }
    }

    private static int putAddress(ByteBuffer pci, String address) {
        byte[] bytes = FakeNvml.bytes(address + "\0");
        for (int at = 0; at < bytes.length; at++) {
            pci.put(PciInfo.BUS_ID + at, bytes[at]);
        }
        return NvmlReturn.SUCCESS;
    }

    private static FakeCard instance(int handle, String profile, int gpuInstance, int gib) {
        return new FakeCard("", handle)
                .text("nvmlDeviceGetUUID", "MIG-" + handle)
                .text("nvmlDeviceGetName", "NVIDIA H100 80GB HBM3 MIG " + profile)
                .ints("nvmlDeviceGetGpuInstanceId", gpuInstance)
                .ints("nvmlDeviceGetComputeInstanceId", 0)
                .words("nvmlDeviceGetMemoryInfo", 0, gib * GIB, (gib - 3) * GIB, 3 * GIB);
    }

    /** A laptop's GPU, whose driver supports half of it all. */
    static FakeNvml laptop() {
        return new FakeNvml()
                .card(new FakeCard("0000:01:00.0", 500)
                        .ints("nvmlDeviceGetIndex", 0)
                        .text("nvmlDeviceGetUUID", "GPU-aaaaaaaa-1111-2222-3333-444444444444")
                        .text("nvmlDeviceGetName", "NVIDIA GeForce RTX 4060 Laptop GPU")
                        .text("nvmlDeviceGetSerial", "[N/A]")
                        .struct("nvmlDeviceGetUtilizationRates", 0, 0, 0)
                        .words("nvmlDeviceGetMemoryInfo_v2", Memory2.TOTAL, 8 * GIB, GIB / 4, 7 * GIB, 3 * GIB / 4)
                        .ints("nvmlDeviceGetTemperature/0", 0)
                        .ints("nvmlDeviceGetPowerUsage", -1)
                        .ints("nvmlDeviceGetPerformanceState", 32)
                        .ints("nvmlDeviceGetNumFans", 1)
                        .ints("nvmlDeviceGetFanSpeed", 120)
                        .struct("nvmlDeviceGetFanSpeedRPM", FanSpeed.SPEED, 1800)
                        .words("nvmlDeviceGetCurrentClocksThrottleReasons", 0, 0x1L)
                        .field(83, -1)
                        .field(82, 1, 0)
                        .ints("nvmlDeviceGetPcieThroughput/0", 250)
                        .ints("nvmlDeviceGetPcieThroughput/1", 750)
                        .ints("nvmlDeviceGetCurrPcieLinkGeneration", 4)
                        .ints("nvmlDeviceGetCurrPcieLinkWidth", 8)
                        .processes("nvmlDeviceGetComputeRunningProcesses_v3", ProcessInfo.SIZE)
                        .processes("nvmlDeviceGetGraphicsRunningProcesses_v3", ProcessInfo.SIZE));
    }

    /** A GB10, which has no memory of its own. */
    static FakeNvml gb10() {
        FakeCard card = h100(0);
        card.text("nvmlDeviceGetName", "NVIDIA GB10");
        card.answers("nvmlDeviceGetMemoryInfo_v2", out -> NvmlReturn.NOT_SUPPORTED);
        card.answers("nvmlDeviceGetMemoryInfo", out -> NvmlReturn.NOT_SUPPORTED);
        return new FakeNvml().card(card);
    }

    /** Two H100, of which the first fell off the bus. */
    static FakeNvml oneLost() {
        FakeNvml nvml = new FakeNvml().card(h100(0)).card(h100(1));
        nvml.card(0).loses();
        return nvml;
    }

    /** A driver of 2016, which has none of the newer functions, and no fields. */
    static FakeNvml old() {
        FakeCard card = h100(0).noFields()
                .processes("nvmlDeviceGetComputeRunningProcesses", ProcessInfo1.SIZE, 4001, GIB, 4002, 2 * GIB)
                .words("nvmlDeviceGetCurrentClocksThrottleReasons", 0, 0x20)
                .words("nvmlDeviceGetTotalEnergyConsumption", 0, 5_000)
                .ints("nvmlDeviceGetPcieReplayCounter", 3)
                .ints("nvmlDeviceGetEccMode", 1, 1)
                .words("nvmlDeviceGetTotalEccErrors/0/0", 0, 31)
                .words("nvmlDeviceGetTotalEccErrors/1/0", 0, 32)
                .words("nvmlDeviceGetTotalEccErrors/0/1", 0, 33)
                .words("nvmlDeviceGetTotalEccErrors/1/1", 0, 34)
                .ints("nvmlDeviceGetNvLinkState/0", 1)
                .ints("nvmlDeviceGetNvLinkState/1", 0);
        return new FakeNvml()
                .card(card)
                .without(
                        "nvmlInitWithFlags",
                        "nvmlDeviceGetMemoryInfo_v2",
                        "nvmlDeviceGetFieldValues",
                        "nvmlDeviceGetCurrentClocksEventReasons",
                        "nvmlSystemGetCudaDriverVersion_v2",
                        "nvmlDeviceGetMigMode",
                        "nvmlDeviceGetNumFans",
                        "nvmlDeviceGetComputeRunningProcesses_v3",
                        "nvmlDeviceGetComputeRunningProcesses_v2",
                        "nvmlDeviceGetGraphicsRunningProcesses_v3",
                        "nvmlDeviceGetGraphicsRunningProcesses_v2",
                        "nvmlDeviceGetGraphicsRunningProcesses",
                        "nvmlDeviceGetNvLinkRemotePciInfo_v2");
    }
}

package io.smi.core.nvidia;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smi.core.gpu.Absent;
import io.smi.core.gpu.Absent.Cause;
import io.smi.schema.Gpu;
import io.smi.schema.GpuState;
import io.smi.schema.Xid;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NvmlSessionTest {
    private static final String CARD = "0000:01:00.0";

    @TempDir
    private Path folder;

    private TestMachine laptop(boolean live) {
        TestMachine machine = TestMachine.of(folder, FakeMachines.laptop(), live);
        machine.file(CARD, "power/control", "auto");
        return machine;
    }

    @Test
    void aMachineWithoutAnyAndWithoutTheLibraryHasNothingToTell() throws IOException {
        TestMachine machine = new TestMachine(folder, FakeMachines.laptop(), false);
        machine.nvml().uninstall();
        assertThat(machine.gpus()).isEmpty();
        assertThat(machine.uses()).isNull();
        assertThat(machine.nvml().calls()).isEmpty();
    }

    /** As under WSL, and in a container that hides the bus. */
    @Test
    void gpusThatAreNotOnTheBusAreFoundByTheirNumber() throws IOException {
        TestMachine machine = new TestMachine(folder, FakeMachines.h100s(3), true);
        assertThat(machine.gpus())
                .extracting(Gpu::pciBusId)
                .containsExactly("0000:1b:00.0", "0000:1c:00.0", "0000:1d:00.0");
        assertThat(machine.nvml().called("nvmlDeviceGetHandleByPciBusId_v2")).isZero();
        assertThat(machine.uses()).hasSize(0);
        machine.nvml().card(1).loses();
        assertThat(machine.gpus()).extracting(Gpu::state).containsExactly(GpuState.OK, GpuState.LOST, GpuState.OK);
        machine.gpuReader().release();
        machine.processReader().release();
    }

    /** NVML says little of it, calls it otherwise, and would give it a second row. */
    @Test
    void theGpuOfAJetsonIsNotLookedForByNumber() throws IOException {
        TestMachine machine = new TestMachine(folder, FakeMachines.laptop(), true);
        machine.tree().folder("sys/module/nvgpu");
        assertThat(machine.gpus()).isEmpty();
        assertThat(machine.uses()).isNull();
        assertThat(machine.nvml().calls()).isEmpty();
    }

    @Test
    void anotherMachinesBusHidesNone() throws IOException {
        TestMachine machine = new TestMachine(folder, FakeMachines.laptop(), false, "0000:09:00.0");
        machine.file("0000:09:00.0", "vendor", "0x8086");
        assertThat(machine.gpus()).isEmpty();
        assertThat(machine.nvml().calls()).isEmpty();
    }

    @Test
    void nothingIsCalledWhileAllSleep() throws IOException {
        TestMachine machine = laptop(false);
        machine.file(CARD, "power/runtime_status", "suspended");
        assertThat(machine.gpus()).isEmpty();
        assertThat(machine.uses()).isNull();
        assertThat(machine.nvml().calls()).isEmpty();
    }

    @Test
    void nothingIsCalledWhereNobodyCanTellWhetherItSleeps() throws IOException {
        TestMachine machine = laptop(false);
        machine.file(CARD, "power/runtime_status", "?");
        machine.gpus();
        assertThat(machine.nvml().calls()).isEmpty();
    }

    @Test
    void onlyThoseThatAreAwakeAreAttached() throws IOException {
        TestMachine machine = TestMachine.of(folder, FakeMachines.h100s(3), false);
        machine.file("0000:1c:00.0", "power/runtime_status", "suspended");
        assertThat(machine.gpus()).extracting(Gpu::pciBusId).containsExactly("0000:1b:00.0", "0000:1d:00.0");
        assertThat(machine.nvml().called("nvmlDeviceGetHandleByPciBusId_v2")).isEqualTo(2);
        assertThat(machine.nvml().called("nvmlInit_v2")).isZero();
        assertThat(machine.nvml().called("nvmlDeviceGetHandleByIndex_v2")).isZero();
    }

    @Test
    void oneThatFellAsleepKeepsItsNameAndIsAttachedAgainWhenItWakesUp() throws IOException {
        TestMachine machine = laptop(false);
        machine.gpus();
        machine.file(CARD, "power/runtime_status", "suspended");
        machine.nvml().forgetCalls();
        Gpu asleep = machine.gpu();
        assertThat(asleep.uuid()).isEqualTo("GPU-aaaaaaaa-1111-2222-3333-444444444444");
        assertThat(asleep.state()).isNull();
        assertThat(asleep.utilizationPercent()).isNull();
        assertThat(machine.nvml().calls().keySet()).containsOnly("nvmlShutdown");
        machine.file(CARD, "power/runtime_status", "active");
        assertThat(machine.gpu().state()).isEqualTo(GpuState.OK);
        assertThat(machine.nvml().isOpen()).isTrue();
    }

    @Test
    void withoutTheLibraryAnAwakeCardIsAbsent() throws IOException {
        TestMachine machine = laptop(false);
        machine.nvml().uninstall();
        assertThat(machine.gpus()).isEmpty();
        assertThat(machine.problems()).isEmpty();
        assertThat(machine.absent()).containsExactly(new Absent(CARD, null, Cause.NO_LIBRARY, "libnvidia-ml.so.1"));
    }

    @Test
    void withoutTheDriverItIsAbsentToo() throws IOException {
        TestMachine machine = laptop(false);
        machine.nvml().fails("nvmlInitWithFlags", NvmlReturn.DRIVER_NOT_LOADED);
        assertThat(machine.gpus()).isEmpty();
        assertThat(machine.problems()).isEmpty();
        assertThat(machine.absent())
                .containsExactly(new Absent(CARD, null, Cause.NO_LIBRARY, "nvmlInitWithFlags: DRIVER_NOT_LOADED"));
        machine.nvml().mended();
        machine.passes(Duration.ofSeconds(59));
        assertThat(machine.gpus()).as("not tried again and again").isEmpty();
        machine.passes(Duration.ofSeconds(1));
        assertThat(machine.gpus()).hasSize(1);
    }

    @Test
    void aDriverThatCannotBeUsedIsAProblem() {
        TestMachine machine = laptop(false);
        machine.nvml().fails("nvmlInitWithFlags", 18);
        assertThatThrownBy(machine::gpus)
                .isInstanceOf(IOException.class)
                .hasMessage("nvmlInitWithFlags: LIB_RM_VERSION_MISMATCH");
        machine.nvml().fails("nvmlInitWithFlags", NvmlReturn.NO_PERMISSION);
        assertThatThrownBy(machine::gpus).isInstanceOf(AccessDeniedException.class);
    }

    @Test
    void aLackingPermissionIsToldOnceForAllGpus() throws IOException {
        TestMachine machine = TestMachine.of(folder, FakeMachines.h100s(3), false);
        machine.nvml().fails("nvmlDeviceGetPowerUsage", NvmlReturn.NO_PERMISSION);
        machine.nvml().fails("nvmlDeviceGetTemperature", 999);
        machine.gpus();
        assertThat(machine.problems())
                .containsExactly(
                        "failed nvmlDeviceGetTemperature: UNKNOWN (0000:1b:00.0)",
                        "denied nvmlDeviceGetPowerUsage: NO_PERMISSION",
                        "failed nvmlDeviceGetTemperature: UNKNOWN (0000:1c:00.0)",
                        "failed nvmlDeviceGetTemperature: UNKNOWN (0000:1d:00.0)");
    }

    @Test
    void isClosedWhenNeitherReaderIsAskedAnyMore() throws IOException {
        TestMachine machine = TestMachine.of(folder, FakeMachines.h100s(3), false);
        machine.gpus();
        machine.uses();
        assertThat(machine.nvml().called("nvmlInitWithFlags")).isEqualTo(1);
        machine.gpuReader().release();
        assertThat(machine.nvml().isOpen()).isTrue();
        machine.processReader().release();
        until(() -> !machine.nvml().isOpen());
        machine.gpus();
        assertThat(machine.nvml().isOpen()).isTrue();
    }

    /** An instance that is taken apart gives its two samples back, and the library, when it is let go of, all others. */
    @Test
    void samplesAreGivenBack() throws IOException {
        FakeNvml nvml = FakeMachines.h100s(3);
        TestMachine machine = TestMachine.of(folder, nvml, false);
        machine.gpus();
        machine.gpus();
        assertThat(nvml.samples()).isEqualTo(8);
        nvml.card(1).answers("nvmlDeviceGetMigDeviceHandleByIndex/1", out -> NvmlReturn.NOT_FOUND);
        machine.gpus();
        assertThat(nvml.samples()).isEqualTo(6);
        machine.gpuReader().release();
        until(() -> !nvml.isOpen());
        assertThat(nvml.samples()).isZero();
    }

    @Test
    void anIdleCardIsLetGoOfAfterAMinute() throws IOException {
        TestMachine machine = laptop(true);
        machine.gpus();
        machine.passes(Duration.ofSeconds(59));
        machine.gpus();
        assertThat(machine.nvml().isOpen()).isTrue();
        machine.passes(Duration.ofSeconds(1));
        machine.gpus();
        until(() -> !machine.nvml().isOpen());
        machine.nvml().forgetCalls();
        assertThat(machine.gpu().utilizationPercent()).isNull();
        assertThat(machine.nvml().calls()).isEmpty();

        machine.file(CARD, "power/runtime_status", "suspended");
        machine.gpus();
        assertThat(machine.nvml().calls()).isEmpty();
        machine.file(CARD, "power/runtime_status", "active");
        assertThat(machine.gpu().utilizationPercent()).isZero();
        machine.gpuReader().release();
    }

    @Test
    void oneThatDoesNotFallAsleepThenIsAskedAgain() throws IOException {
        TestMachine machine = laptop(true);
        machine.gpus();
        machine.passes(Duration.ofSeconds(60));
        machine.gpus();
        until(() -> !machine.nvml().isOpen());
        machine.passes(Duration.ofSeconds(119));
        assertThat(machine.gpu().utilizationPercent()).isNull();
        machine.passes(Duration.ofSeconds(1));
        assertThat(machine.gpu().utilizationPercent()).isZero();
        machine.gpuReader().release();
    }

    @Test
    void aCardIsKeptThatWorksOrIsUsedOrNeverSleepsOrIsAskedOnce() throws IOException {
        TestMachine works = laptop(true);
        works.nvml().card(0).struct("nvmlDeviceGetUtilizationRates", 0, 1, 0);
        TestMachine used = laptop(true);
        used.nvml()
                .card(0)
                .processes(
                        "nvmlDeviceGetGraphicsRunningProcesses_v3",
                        NvmlLayout.ProcessInfo.SIZE,
                        4001,
                        FakeMachines.GIB);
        TestMachine once = laptop(false);
        for (TestMachine machine : new TestMachine[] {works, used, once}) {
            machine.gpus();
            machine.passes(Duration.ofHours(1));
            machine.gpus();
            machine.passes(Duration.ofHours(1));
            assertThat(machine.gpu().utilizationPercent()).isNotNull();
            assertThat(machine.nvml().called("nvmlShutdown")).isZero();
            machine.gpuReader().release();
        }
        TestMachine never = TestMachine.of(folder, FakeMachines.laptop(), true);
        never.gpus();
        never.passes(Duration.ofHours(1));
        never.gpus();
        assertThat(never.nvml().called("nvmlShutdown")).isZero();
        assertThat(never.nvml().called("nvmlDeviceGetComputeRunningProcesses_v3"))
                .isZero();
        never.gpuReader().release();
    }

    @Test
    void errorEventsAreCountedByWhoStays() throws IOException {
        TestMachine machine = TestMachine.of(folder, FakeMachines.h100s(3), true);
        assertThat(machine.gpus()).extracting(Gpu::xid).containsOnly(new Xid(0L, null, null));
        machine.nvml().xid(1, 79);
        machine.nvml().xid(1, 48);
        until(() -> {
            Xid xid = machine.gpus().get(1).xid();
            return xid != null && Long.valueOf(2).equals(xid.total());
        });
        Xid last = machine.gpus().get(1).xid();
        assertThat(last).isNotNull();
        assertThat(last.last()).isEqualTo(48);
        assertThat(last.lastAt()).isNotNull();
        assertThat(machine.gpus().get(0).xid()).isEqualTo(new Xid(0L, null, null));
        machine.gpuReader().release();
        until(() -> !machine.nvml().isOpen());
        assertThat(machine.nvml().called("nvmlEventSetFree")).isEqualTo(1);
        assertThat(machine.gpus().get(1).xid()).as("counts stay").isEqualTo(last);
        machine.gpuReader().release();
    }

    @Test
    void withoutErrorEventsTheirNumberIsUnknown() throws IOException {
        TestMachine machine = laptop(true);
        assertThat(machine.gpu().xid()).isNull();
        machine.gpuReader().release();
    }

    private interface Condition {
        boolean isMet() throws IOException;
    }

    /** What another thread does soon. */
    private static void until(Condition condition) throws IOException {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.isMet()) {
            assertThat(System.nanoTime()).as("the deadline").isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }
}

package io.smi.core.nvidia;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.core.gpu.GpuUse;
import io.smi.core.nvidia.NvmlLayout.ProcessInfo;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NvidiaProcessReaderTest {
    private static final long GIB = FakeMachines.GIB;
    private static final String THIRD = "GPU-00000002-1111-2222-3333-444444444444";
    private static final String FIRST = "GPU-00000000-1111-2222-3333-444444444444";

    @TempDir
    private Path folder;

    private TestMachine machine;

    @BeforeEach
    void aServer() {
        machine = TestMachine.of(folder, FakeMachines.h100s(3), false);
        for (int pid = 4001; pid <= 4003; pid++) {
            machine.tree().folder("proc/" + pid);
        }
    }

    @Test
    void eachProcessHasItsMemoryItsLastUtilizationAndItsKind() throws IOException {
        assertThat(machine.uses())
                .containsExactly(
                        new GpuUse(4001, THIRD, 60 * GIB, null, 91.0, "compute"),
                        new GpuUse(4002, THIRD, 5 * GIB, null, 7.0, "compute+graphics"),
                        new GpuUse(4003, THIRD, null, null, null, "graphics"));
        assertThat(machine.problems()).isEmpty();
    }

    @Test
    void thatNobodyUsesAnyIsKnown() throws IOException {
        TestMachine idle = TestMachine.of(folder, FakeMachines.laptop(), false);
        assertThat(idle.uses()).isEmpty();
    }

    @Test
    void whereNoProcessCanBeAskedForNothingIsKnown() throws IOException {
        for (String kind : new String[] {"Compute", "Graphics", "MPSCompute"}) {
            machine.nvml().fails("nvmlDeviceGet" + kind + "RunningProcesses_v3", NvmlReturn.NOT_SUPPORTED);
        }
        assertThat(machine.uses()).isNull();
        assertThat(machine.problems()).isEmpty();
    }

    @Test
    void aProcessInTwoInstancesHasTheMemoryOfBoth() throws IOException {
        machine.nvml()
                .card(0)
                .processes("nvmlDeviceGetComputeRunningProcesses_v3", ProcessInfo.SIZE, 4001, 2 * GIB, 4001, 3 * GIB);
        assertThat(machine.uses()).contains(new GpuUse(4001, FIRST, 5 * GIB, null, null, "compute"));
    }

    @Test
    void aListMayBeLong() throws IOException {
        long[] many = new long[2 * 1000];
        for (int i = 0; i < 1000; i++) {
            many[2 * i] = 10_000L + i;
            many[2 * i + 1] = i;
            machine.tree().folder("proc/" + (10_000 + i));
        }
        machine.nvml().card(0).processes("nvmlDeviceGetComputeRunningProcesses_v3", ProcessInfo.SIZE, many);
        assertThat(machine.uses()).hasSize(1003).contains(new GpuUse(10_999, FIRST, 999L, null, null, "compute"));
    }

    @Test
    void anOldDriverHasShorterStructures() throws IOException {
        TestMachine old = TestMachine.of(folder, FakeMachines.old(), false);
        assertThat(old.uses())
                .containsExactly(
                        new GpuUse(4001, FIRST, GIB, null, null, "compute"),
                        new GpuUse(4002, FIRST, 2 * GIB, null, null, "compute"));
    }

    @Test
    void aPidOfAnotherNamespaceIsTranslated() throws IOException {
        machine.tree().delete("proc/4001");
        machine.tree().file("proc/7/status", "Name:\tpython\nNSpid:\t4001\t7\nThreads:\t1\n");
        assertThat(machine.uses()).first().isEqualTo(new GpuUse(7, THIRD, 60 * GIB, null, 91.0, "compute"));
    }

    @Test
    void aPidThatTwoNamespacesHaveIsNobodys() throws IOException {
        machine.tree().delete("proc/4001");
        machine.tree().file("proc/7/status", "Name:\tpython\nNSpid:\t7\t4001\n");
        machine.tree().file("proc/8/status", "Name:\tpython\nNSpid:\t8\t4001\n");
        assertThat(machine.uses()).extracting(GpuUse::pid).containsExactly(4002, 4003);
    }

    @Test
    void aLostGpuHasNoProcessesAndTheOthersDo() throws IOException {
        machine.nvml().card(0).loses();
        assertThat(machine.uses()).extracting(GpuUse::pid).containsExactly(4001, 4002, 4003);
    }
}

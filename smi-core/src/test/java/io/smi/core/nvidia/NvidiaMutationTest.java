package io.smi.core.nvidia;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.core.gpu.GpuUse;
import io.smi.schema.Answer;
import io.smi.schema.EncodedFrame;
import io.smi.schema.FrameBuilder;
import io.smi.schema.FrameDecoder;
import io.smi.schema.Gpu;
import io.smi.schema.GpuState;
import io.smi.schema.Section;
import io.smi.schema.SnapshotFrame;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every function fails with every code in turn: no exception, no other number than before, and no row is missing. */
class NvidiaMutationTest {
    /** Codes that have rules of their own: not every GPU stays there when they come. */
    private static final Set<String> ENTRANCES = Set.of(
            "nvmlInitWithFlags",
            "nvmlInit_v2",
            "nvmlShutdown",
            "nvmlDeviceGetHandleByPciBusId_v2",
            "nvmlDeviceGetHandleByIndex_v2",
            "nvmlDeviceGetCount_v2");

    @TempDir
    private Path folder;

    @Test
    void aCallThatFailsGivesNoWrongNumberOnAServer() throws Exception {
        everyCallFails(() -> FakeMachines.h100s(3));
    }

    @Test
    void aCallThatFailsOfOneGpuLeavesTheOthersWhole() throws Exception {
        TestMachine intact = TestMachine.of(folder, FakeMachines.h100s(4), false);
        List<Gpu> right = secondPass(intact);
        List<GpuUse> rightUses = intact.uses();
        for (String function : intact.nvml().calls().keySet()) {
            for (int code = 1; code <= 30; code++) {
                TestMachine machine = intact.with(FakeMachines.h100s(4));
                machine.nvml().card(3).fails(function, code);
                String what = function + " " + NvmlReturn.word(code);
                List<Gpu> rows = secondPass(machine);
                assertThat(rows).as(what).hasSize(4);
                assertThat(rows.subList(0, 3)).as(what).isEqualTo(right.subList(0, 3));
                assertThat(machine.uses()).as(what).isEqualTo(rightUses);
            }
        }
    }

    @Test
    void aCallThatFailsGivesNoWrongNumberOnALaptop() throws Exception {
        everyCallFails(FakeMachines::laptop);
    }

    @Test
    void aCallThatFailsGivesNoWrongNumberWithAnOldDriver() throws Exception {
        everyCallFails(FakeMachines::old);
    }

    /** What needs two passes is there as well. */
    private static List<Gpu> secondPass(TestMachine machine) throws IOException {
        machine.gpus();
        return machine.gpus();
    }

    private interface Maker {
        FakeNvml make();
    }

    private void everyCallFails(Maker maker) throws Exception {
        TestMachine intact = TestMachine.of(folder, maker.make(), false);
        List<Gpu> right = secondPass(intact);
        List<GpuUse> rightUses = intact.uses();
        Set<String> functions = new TreeSet<>(intact.nvml().calls().keySet());
        List<String> wrong = new ArrayList<>();
        for (String function : functions) {
            for (int code : IntStream.concat(IntStream.rangeClosed(1, 30), IntStream.of(999))
                    .toArray()) {
                TestMachine machine = intact.with(maker.make());
                machine.nvml().fails(function, code);
                String what = function + " " + NvmlReturn.word(code) + ": ";
                check(machine, right, rightUses, function, what, wrong);
            }
        }
        assertThat(functions).hasSizeGreaterThan(20);
        assertThat(wrong).isEmpty();
    }

    private static void check(
            TestMachine machine,
            List<Gpu> right,
            @Nullable List<GpuUse> rightUses,
            String function,
            String what,
            List<String> wrong)
            throws Exception {
        List<Gpu> rows;
        try {
            rows = secondPass(machine);
        } catch (IOException e) {
            if (!ENTRANCES.contains(function) || String.valueOf(e.getMessage()).contains("Exception")) {
                wrong.add(what + "throws " + e);
            }
            return;
        }
        if (rows.size() != right.size() && !ENTRANCES.contains(function)) {
            wrong.add(what + rows.size() + " rows");
        }
        for (Gpu row : rows) {
            Gpu before = right.stream()
                    .filter(gpu -> Objects.equals(gpu.pciBusId(), row.pciBusId()))
                    .findFirst()
                    .orElseThrow();
            compare(before, row, what, wrong);
        }
        List<GpuUse> uses = machine.uses();
        if (uses != null && rightUses != null) {
            for (GpuUse use : uses) {
                if (rightUses.stream().noneMatch(before -> isPartOf(use, before))) {
                    wrong.add(what + use);
                }
            }
        }
        SnapshotFrame frame = FrameBuilder.withInclude(Set.of(Section.GPU))
                .gpus(() -> new Answer<>(rows, List.of()))
                .build(1, Instant.EPOCH, null, "test");
        if (!frame.equals(FrameDecoder.decode(EncodedFrame.of(frame).bytes()))) {
            wrong.add(what + "is not what its JSON says");
        }
    }

    private static boolean isPartOf(GpuUse use, GpuUse before) {
        return use.pid() == before.pid()
                && (use.memoryUsedBytes() == null || use.memoryUsedBytes().equals(before.memoryUsedBytes()))
                && (use.utilizationPercent() == null || use.utilizationPercent().equals(before.utilizationPercent()));
    }

    /** What is known is what it was; what stands in for what failed is another matter, and told by name. */
    private static void compare(Gpu before, Gpu row, String what, List<String> wrong) throws Exception {
        for (RecordComponent component : Gpu.class.getRecordComponents()) {
            Object was = component.getAccessor().invoke(before);
            Object is = component.getAccessor().invoke(row);
            differences(component.getName(), was, is, what, wrong);
        }
    }

    private static void differences(
            String key, @Nullable Object was, @Nullable Object is, String what, List<String> wrong) throws Exception {
        if (is == null || Objects.equals(was, is) || is instanceof GpuState || is instanceof Boolean) {
            return;
        } else if (is instanceof Record row && was != null) {
            for (RecordComponent component : row.getClass().getRecordComponents()) {
                differences(
                        key + "." + component.getName(),
                        component.getAccessor().invoke(was),
                        component.getAccessor().invoke(is),
                        what,
                        wrong);
            }
        } else if (is instanceof List<?> list && was instanceof List<?> all) {
            for (int i = 0; i < Math.min(list.size(), all.size()); i++) {
                differences(key + "[" + i + "]", all.get(i), list.get(i), what, wrong);
            }
        } else if (is instanceof Map<?, ?> map && was instanceof Map<?, ?> all) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                differences(key + "." + entry.getKey(), all.get(entry.getKey()), entry.getValue(), what, wrong);
            }
        } else if (!isStandIn(what, key)) {
            wrong.add(what + key + " is " + is + ", not " + was);
        }
    }

    /** Version 1 counts what is reserved as used. */
    private static boolean isStandIn(String what, String key) {
        return what.startsWith("nvmlDeviceGetMemoryInfo_v2") && key.equals("memoryUsedBytes");
    }
}

package io.smi.core.nvidia;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.NativeLibrary;
import io.smi.core.nvidia.NvmlLayout.Event;
import io.smi.core.nvidia.NvmlLayout.FanSpeed;
import io.smi.core.nvidia.NvmlLayout.FieldValue;
import io.smi.core.nvidia.NvmlLayout.GpmMetrics;
import io.smi.core.nvidia.NvmlLayout.GpmSupport;
import io.smi.core.nvidia.NvmlLayout.Memory;
import io.smi.core.nvidia.NvmlLayout.Memory2;
import io.smi.core.nvidia.NvmlLayout.PciInfo;
import io.smi.core.nvidia.NvmlLayout.ProcessInfo;
import io.smi.core.nvidia.NvmlLayout.ProcessInfo1;
import io.smi.core.nvidia.NvmlLayout.ProcessSample;
import io.smi.core.nvidia.NvmlLayout.Utilization;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a compiler lays what NVML fills in: {@code src/test/native}. */
class CompiledLibraryTest {
    @TempDir
    private static Path folder;

    /** Skips where there is no compiler; with SMI_PEERS=required it fails. */
    @BeforeAll
    static void compile() throws Exception {
        boolean installed = Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(programs -> Files.isExecutable(Path.of(programs, "gcc")));
        assumeTrue(installed || "required".equals(System.getenv("SMI_PEERS")), "gcc is not installed");
        Process process = new ProcessBuilder("src/test/native/compile", folder.toString())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
    }

    private static File library(String variant) {
        return folder.resolve(variant).resolve(LibraryFinder.NAME).toFile();
    }

    @Test
    void structuresLieAsTheCompilerLaysThem() {
        NativeLibrary fake = NativeLibrary.getInstance(library("now").toString());
        Map<String, Integer> compiled = new LinkedHashMap<>();
        for (String name : layout().keySet()) {
            compiled.put(name, fake.getFunction("smi_fake_layout").invokeInt(new Object[] {name}));
        }
        assertThat(compiled).isEqualTo(layout());
    }

    private static Map<String, Integer> layout() {
        Map<String, Integer> layout = new LinkedHashMap<>(processes());
        layout.putAll(profiling());
        layout.put("nvmlUtilization_t", Utilization.SIZE);
        layout.put("nvmlUtilization_t.gpu", Utilization.GPU);
        layout.put("nvmlUtilization_t.memory", Utilization.MEMORY);
        layout.put("nvmlMemory_t", Memory.SIZE);
        layout.put("nvmlMemory_t.total", Memory.TOTAL);
        layout.put("nvmlMemory_t.free", Memory.FREE);
        layout.put("nvmlMemory_t.used", Memory.USED);
        layout.put("nvmlMemory_v2_t", Memory2.SIZE);
        layout.put("nvmlMemory_v2_t.total", Memory2.TOTAL);
        layout.put("nvmlMemory_v2_t.reserved", Memory2.RESERVED);
        layout.put("nvmlMemory_v2_t.free", Memory2.FREE);
        layout.put("nvmlMemory_v2_t.used", Memory2.USED);
        layout.put("nvmlPciInfo_t", PciInfo.SIZE);
        layout.put("nvmlPciInfo_t.busId", PciInfo.BUS_ID);
        layout.put("nvmlFanSpeedInfo_v1_t", FanSpeed.SIZE);
        layout.put("nvmlFanSpeedInfo_v1_t.speed", FanSpeed.SPEED);
        layout.put("nvmlFieldValue_t", FieldValue.SIZE);
        layout.put("nvmlFieldValue_t.fieldId", FieldValue.FIELD);
        layout.put("nvmlFieldValue_t.scopeId", FieldValue.SCOPE);
        layout.put("nvmlFieldValue_t.valueType", FieldValue.TYPE);
        layout.put("nvmlFieldValue_t.nvmlReturn", FieldValue.RETURN);
        layout.put("nvmlFieldValue_t.value", FieldValue.VALUE);
        return layout;
    }

    private static Map<String, Integer> processes() {
        Map<String, Integer> layout = new LinkedHashMap<>();
        layout.put("nvmlProcessInfo_v1_t", ProcessInfo1.SIZE);
        layout.put("nvmlProcessInfo_v1_t.pid", ProcessInfo.PID);
        layout.put("nvmlProcessInfo_v1_t.usedGpuMemory", ProcessInfo.MEMORY);
        layout.put("nvmlProcessInfo_v2_t", ProcessInfo.SIZE);
        layout.put("nvmlProcessInfo_v2_t.pid", ProcessInfo.PID);
        layout.put("nvmlProcessInfo_v2_t.usedGpuMemory", ProcessInfo.MEMORY);
        layout.put("nvmlProcessUtilizationSample_t", ProcessSample.SIZE);
        layout.put("nvmlProcessUtilizationSample_t.pid", ProcessSample.PID);
        layout.put("nvmlProcessUtilizationSample_t.timeStamp", ProcessSample.TIME);
        layout.put("nvmlProcessUtilizationSample_t.smUtil", ProcessSample.SM);
        layout.put("nvmlEventData_t", Event.SIZE);
        layout.put("nvmlEventData_t.device", Event.DEVICE);
        layout.put("nvmlEventData_t.eventType", Event.TYPE);
        layout.put("nvmlEventData_t.eventData", Event.DATA);
        return layout;
    }

    private static Map<String, Integer> profiling() {
        Map<String, Integer> layout = new LinkedHashMap<>();
        layout.put("nvmlGpmSupport_t", GpmSupport.SIZE);
        layout.put("nvmlGpmSupport_t.isSupportedDevice", GpmSupport.SUPPORTED);
        layout.put("nvmlGpmMetric_t", GpmMetrics.METRIC_SIZE);
        layout.put("nvmlGpmMetricsGet_t", GpmMetrics.SIZE);
        layout.put("nvmlGpmMetricsGet_t.numMetrics", GpmMetrics.COUNT);
        layout.put("nvmlGpmMetricsGet_t.sample1", GpmMetrics.FIRST);
        layout.put("nvmlGpmMetricsGet_t.sample2", GpmMetrics.LAST);
        layout.put("nvmlGpmMetricsGet_t.metrics[0].metricId", GpmMetrics.ID);
        layout.put("nvmlGpmMetricsGet_t.metrics[0].nvmlReturn", GpmMetrics.RETURN);
        layout.put("nvmlGpmMetricsGet_t.metrics[0].value", GpmMetrics.VALUE);
        return layout;
    }
}

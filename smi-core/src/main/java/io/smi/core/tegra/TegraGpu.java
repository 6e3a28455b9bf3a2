package io.smi.core.tegra;

import io.smi.core.Problems;
import io.smi.core.gpu.PowerState;
import io.smi.core.kernel.Cursor;
import io.smi.core.kernel.KernelFile;
import io.smi.core.kernel.KernelFiles;
import io.smi.core.kernel.KernelFormatException;
import io.smi.core.kernel.Roots;
import io.smi.core.kernel.RuntimeStatus;
import io.smi.core.kernel.RuntimeStatus.Power;
import io.smi.schema.DeviceType;
import io.smi.schema.Gpu;
import io.smi.schema.GpuBuilder;
import java.io.Closeable;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The GPU of a Tegra. Its driver, nvgpu, cuts its power when it has had nothing to do for half a second, and would count a
 * question for its load as something to do: it is asked only while it is awake. Its temperature is the chip's to tell, and
 * its power the monitor's, which does not concern the GPU.
 */
final class TegraGpu implements Closeable {
    /** By the device trees of Linux and of Jetson Linux up to 5.10. */
    private static final Set<String> ZONES = Set.of("gpu-thermal", "GPU-therm");

    /** Zones of what is turned off say -256000, and 0 when the firmware that reads them does not answer. */
    private static final long COLDEST_MILLI = -60_000;

    private static final long HOTTEST_MILLI = 150_000;

    private static final int PER_MILLE = 1000;
    private static final long FASTEST_HERTZ = 100_000_000_000L;

    private final Gpu facts;
    private final RuntimeStatus runtime;
    private final KernelFile load;
    private final KernelFile clock;
    private final KernelFile clockMax;
    private final @Nullable KernelFile temperature;

    private TegraGpu(KernelFiles sys, String path, Gpu facts, @Nullable KernelFile temperature) {
        this.facts = facts;
        this.runtime = RuntimeStatus.of(sys, path + "/device");
        this.load = sys.file(path + "/device/load");
        this.clock = sys.file(path + "/cur_freq");
        this.clockMax = sys.file(path + "/max_freq");
        this.temperature = temperature;
    }

    /** The GPU of this folder of devfreq; null when it is another unit of the chip, or another's chip. */
    static @Nullable TegraGpu open(Roots roots, String path, Problems problems) {
        KernelFiles sys = roots.sys();
        String chip = chip(sys.text(path + "/device/of_node/compatible", problems));
        if (chip == null) {
            return null;
        }
        String model = sys.text("firmware/devicetree/base/model", problems);
        Gpu facts = GpuBuilder.builder()
                .uuid(sys.linkName(path + "/device"))
                .name(model == null ? chip : strings(model)[0])
                .vendor("NVIDIA")
                .deviceType(DeviceType.GPU)
                .driverVersion(release(roots.root(), problems))
                .memorySharedWithHost(true)
                .build();
        return new TegraGpu(sys, path, facts, zone(sys, problems));
    }

    /** Such as ga10b, from {@code nvidia,ga10b}; older trees begin with {@code nvidia,tegra186-gp10b}. */
    static @Nullable String chip(@Nullable String compatible) {
        for (String one : strings(compatible == null ? "" : compatible)) {
            String chip = one.substring(Math.max(one.lastIndexOf('-'), one.lastIndexOf(',')) + 1);
            if (one.startsWith("nvidia,") && chip.length() == 5 && chip.startsWith("g")) {
                return chip;
            }
        }
        return null;
    }

    /** Those of a property of the device tree, each of which ends in a zero byte. */
    private static String[] strings(String property) {
        return property.split("\0", -1);
    }

    private static @Nullable String release(KernelFiles root, Problems problems) {
        try (KernelFile file = root.file("etc/nv_tegra_release")) {
            Cursor text = KernelFiles.attribute(file, problems);
            return text == null ? null : release(text);
        } catch (KernelFormatException e) {
            problems.failed(String.valueOf(e.getMessage()));
            return null;
        } catch (IOException e) {
            return null;
        }
    }

    /** Of Jetson Linux, with which its driver comes: {@code 36.4.3} from {@code # R36 (release), REVISION: 4.3, ...}. */
    static @Nullable String release(Cursor text) throws KernelFormatException {
        if (!text.accept("# R")) {
            throw text.expected("a release of Jetson Linux");
        }
        long major = text.number();
        if (!text.accept(" (release), REVISION: ")) {
            return null;
        }
        String rest = text.rest();
        int end = rest.indexOf(',');
        return end < 0 ? null : major + "." + rest.substring(0, end);
    }

    private static @Nullable KernelFile zone(KernelFiles sys, Problems problems) {
        String folder = "class/thermal/";
        for (String name : sys.list(folder)) {
            String type = name.startsWith("thermal_zone") ? sys.text(folder + name + "/type", problems) : null;
            if (type != null && ZONES.contains(type)) {
                return sys.file(folder + name + "/temp");
            }
        }
        return null;
    }

    Gpu read(Problems problems) {
        Power power = runtime.read(problems);
        boolean awake = power == Power.AWAKE;
        return GpuBuilder.builder(facts)
                .state(PowerState.of(power))
                .utilizationPercent(awake ? percent(problems) : null)
                .clockGraphicsMhz(awake ? mhz(clock, problems) : null)
                .clockGraphicsMaxMhz(mhz(clockMax, problems))
                .temperatureCelsius(celsius(problems))
                .build();
    }

    private @Nullable Double percent(Problems problems) {
        Long busy = KernelFiles.number(load, problems);
        return busy == null || busy < 0 || busy > PER_MILLE ? null : Double.valueOf(busy / 10.0);
    }

    private static @Nullable Integer mhz(KernelFile file, Problems problems) {
        Long hertz = KernelFiles.number(file, problems);
        return hertz == null || hertz <= 0 || hertz > FASTEST_HERTZ ? null : Integer.valueOf((int) (hertz / 1_000_000));
    }

    private @Nullable Double celsius(Problems problems) {
        Long milli = temperature == null ? null : KernelFiles.number(temperature, problems);
        return milli == null || milli <= COLDEST_MILLI || milli >= HOTTEST_MILLI || milli == 0
                ? null
                : Double.valueOf(milli / 1e3);
    }

    @Override
    public void close() throws IOException {
        runtime.close();
        load.close();
        clock.close();
        clockMax.close();
        if (temperature != null) {
            temperature.close();
        }
    }
}

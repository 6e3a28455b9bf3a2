package io.smi.core.nvidia;

import io.smi.core.nvidia.NvmlLayout.FanSpeed;
import io.smi.schema.GpuBuilder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Temperature, power, clocks and fans of a GPU. */
final class Condition {
    private static final int DIE = 0;
    private static final int GRAPHICS = 0;
    private static final int MEMORY = 2;
    private static final int SLOWEST = 15;

    /** By bit of {@code nvmlClocksEventReason...}; bit 0 is being idle, which holds nothing back. */
    private static final String[] REASONS = {
        null,
        "applications_clocks_setting",
        "sw_power_cap",
        "hw_slowdown",
        "sync_boost",
        "sw_thermal_slowdown",
        "hw_thermal_slowdown",
        "hw_power_brake_slowdown",
        "display_clock_setting"
    };

    private Condition() {}

    /** What changes all the time. */
    static void read(Query query, long handle, boolean hasFans, GpuBuilder row) {
        row.temperatureCelsius(celsius(query.number("temperature_celsius", "nvmlDeviceGetTemperature", handle, DIE)));
        row.powerWatts(watts(query.number("power_watts", "nvmlDeviceGetPowerUsage", handle)));
        row.powerLimitWatts(watts(query.number("power_limit_watts", "nvmlDeviceGetEnforcedPowerLimit", handle)));
        row.clockGraphicsMhz(query.number("clock_graphics_mhz", "nvmlDeviceGetClockInfo", handle, GRAPHICS));
        row.clockMemoryMhz(query.number("clock_memory_mhz", "nvmlDeviceGetClockInfo", handle, MEMORY));
        Integer state = query.number("performance_state", "nvmlDeviceGetPerformanceState", handle);
        row.performanceState(state == null || state > SLOWEST ? null : state);
        row.throttleReasons(throttleReasons(query, handle));
        if (hasFans) {
            Integer percent = query.number("fan_percent", "nvmlDeviceGetFanSpeed", handle);
            row.fanPercent(percent == null ? null : Double.valueOf(Math.min(percent, 100))); // of its usual maximum
            row.fanRpm(fanRpm(query, handle));
        }
    }

    /** What stays as it is. */
    static void readLimits(Query query, long handle, GpuBuilder row) {
        String threshold = "nvmlDeviceGetTemperatureThreshold";
        row.temperatureShutdownCelsius(celsius(query.number("temperature_shutdown_celsius", threshold, handle, 0)));
        row.temperatureSlowdownCelsius(celsius(query.number("temperature_slowdown_celsius", threshold, handle, 1)));
        row.clockGraphicsMaxMhz(query.number("clock_graphics_max_mhz", "nvmlDeviceGetMaxClockInfo", handle, GRAPHICS));
        row.clockMemoryMaxMhz(query.number("clock_memory_max_mhz", "nvmlDeviceGetMaxClockInfo", handle, MEMORY));
        ByteBuffer least = query.scratch().first();
        ByteBuffer most = query.scratch().second();
        String constraints = "nvmlDeviceGetPowerManagementLimitConstraints";
        if (query.succeeds("power_limit_max_watts", constraints, handle, least, most)) {
            row.powerLimitMaxWatts(watts(most.getInt(0)));
        }
    }

    /** A GPU that measures none says 0. */
    static @Nullable Double celsius(@Nullable Number celsius) {
        return celsius == null || celsius.longValue() == 0 ? null : Double.valueOf(celsius.doubleValue());
    }

    /** From milliwatts; null for all ones. */
    private static @Nullable Double watts(@Nullable Integer milliwatts) {
        return milliwatts == null || milliwatts < 0 ? null : Double.valueOf(milliwatts / 1000.0);
    }

    private static @Nullable Integer fanRpm(Query query, long handle) {
        ByteBuffer fan = query.scratch().struct(FanSpeed.VERSION);
        return query.succeeds("fan_rpm", "nvmlDeviceGetFanSpeedRPM", handle, fan) && fan.getInt(FanSpeed.SPEED) >= 0
                ? Integer.valueOf(fan.getInt(FanSpeed.SPEED))
                : null;
    }

    /** The function got its new name in 2023. */
    private static @Nullable List<String> throttleReasons(Query query, long handle) {
        ByteBuffer out = query.scratch().first();
        String key = "throttle_reasons";
        boolean known = query.tries(key, "nvmlDeviceGetCurrentClocksEventReasons", handle, out)
                || query.succeeds(key, "nvmlDeviceGetCurrentClocksThrottleReasons", handle, out);
        return known && out.getLong(0) != -1 ? reasons(out.getLong(0)) : null;
    }

    static List<String> reasons(long bits) {
        List<String> reasons = new ArrayList<>();
        for (int i = 1; i < REASONS.length; i++) {
            if ((bits & (1L << i)) != 0) {
                reasons.add(REASONS[i]);
            }
        }
        return reasons;
    }
}

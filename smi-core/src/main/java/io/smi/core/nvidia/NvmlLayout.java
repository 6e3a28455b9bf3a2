package io.smi.core.nvidia;

/**
 * Where NVML's structures have what: sizes and offsets in bytes, as C lays {@code nvml.h} out on 64 bit Linux (x86-64 and
 * aarch64 do it alike).
 */
final class NvmlLayout {
    /** A version as NVML wants it in a structure's first word: {@code NVML_STRUCT_VERSION}. */
    static int version(int size, int version) {
        return size | (version << 24);
    }

    private NvmlLayout() {}

    /** {@code nvmlUtilization_t}. */
    static final class Utilization {
        static final int SIZE = 8;
        static final int GPU = 0;
        static final int MEMORY = 4;

        private Utilization() {}
    }

    /** {@code nvmlMemory_t}. */
    static final class Memory {
        static final int SIZE = 24;
        static final int TOTAL = 0;
        static final int FREE = 8;
        static final int USED = 16;

        private Memory() {}
    }

    /** {@code nvmlMemory_v2_t}. */
    static final class Memory2 {
        static final int SIZE = 40;
        static final int VERSION = version(SIZE, 2);
        static final int TOTAL = 8;
        static final int RESERVED = 16;
        static final int FREE = 24;
        static final int USED = 32;

        private Memory2() {}
    }

    /** {@code nvmlPciInfo_t}. */
    static final class PciInfo {
        static final int SIZE = 68;
        static final int BUS_ID = 36;
        static final int BUS_ID_SIZE = 32;

        private PciInfo() {}
    }

    /** {@code nvmlFanSpeedInfo_v1_t}. */
    static final class FanSpeed {
        static final int SIZE = 12;
        static final int VERSION = version(SIZE, 1);
        static final int SPEED = 8;

        private FanSpeed() {}
    }

    /** {@code nvmlFieldValue_t}. */
    static final class FieldValue {
        static final int SIZE = 40;
        static final int FIELD = 0;
        static final int SCOPE = 4;
        static final int TYPE = 24;
        static final int RETURN = 28;
        static final int VALUE = 32;

        private FieldValue() {}
    }

    /** {@code nvmlProcessInfo_v2_t}, which the functions of version 2 and 3 fill in. */
    static final class ProcessInfo {
        static final int SIZE = 24;
        static final int PID = 0;
        static final int MEMORY = 8;

        private ProcessInfo() {}
    }

    /** {@code nvmlProcessInfo_v1_t}, which the functions without a version fill in. */
    static final class ProcessInfo1 {
        static final int SIZE = 16;

        private ProcessInfo1() {}
    }

    /** {@code nvmlProcessUtilizationSample_t}. */
    static final class ProcessSample {
        static final int SIZE = 32;
        static final int PID = 0;
        static final int TIME = 8;
        static final int SM = 16;

        private ProcessSample() {}
    }

    /** {@code nvmlGpmSupport_t}. */
    static final class GpmSupport {
        static final int SIZE = 8;
        static final int VERSION = 1;
        static final int SUPPORTED = 4;

        private GpmSupport() {}
    }

    /**
     * {@code nvmlGpmMetricsGet_t}, of which the library reads as many metrics as are asked for; the offsets are those of the
     * first. How many it has room for grows with the header, and its version does not: here it is as large as any.
     */
    static final class GpmMetrics {
        static final int VERSION = 1;
        static final int COUNT = 4;
        static final int FIRST = 8;
        static final int LAST = 16;
        static final int ID = 24;
        static final int RETURN = 28;
        static final int VALUE = 32;
        static final int METRIC_SIZE = 40;
        static final int SIZE = ID + 333 * METRIC_SIZE;

        private GpmMetrics() {}
    }

    /** {@code nvmlEventData_t}. */
    static final class Event {
        static final int SIZE = 32;
        static final int DEVICE = 0;
        static final int TYPE = 8;
        static final int DATA = 16;

        private Event() {}
    }
}

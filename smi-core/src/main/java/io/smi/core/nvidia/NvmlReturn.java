package io.smi.core.nvidia;

/** What NVML's functions answer: {@code nvmlReturn_t}. */
final class NvmlReturn {
    static final int SUCCESS = 0;
    static final int UNINITIALIZED = 1;
    static final int INVALID_ARGUMENT = 2;
    static final int NOT_SUPPORTED = 3;
    static final int NO_PERMISSION = 4;
    static final int NOT_FOUND = 6;
    static final int INSUFFICIENT_SIZE = 7;
    static final int DRIVER_NOT_LOADED = 9;
    static final int TIMEOUT = 10;
    static final int LIBRARY_NOT_FOUND = 12;
    static final int FUNCTION_NOT_FOUND = 13;
    static final int GPU_IS_LOST = 15;
    static final int RESET_REQUIRED = 16;
    static final int NO_DATA = 21;
    static final int ARGUMENT_VERSION_MISMATCH = 25;
    static final int DEPRECATED = 26;
    static final int GPU_NOT_FOUND = 28;

    private static final String[] WORDS = {
        "SUCCESS",
        "UNINITIALIZED",
        "INVALID_ARGUMENT",
        "NOT_SUPPORTED",
        "NO_PERMISSION",
        "ALREADY_INITIALIZED",
        "NOT_FOUND",
        "INSUFFICIENT_SIZE",
        "INSUFFICIENT_POWER",
        "DRIVER_NOT_LOADED",
        "TIMEOUT",
        "IRQ_ISSUE",
        "LIBRARY_NOT_FOUND",
        "FUNCTION_NOT_FOUND",
        "CORRUPTED_INFOROM",
        "GPU_IS_LOST",
        "RESET_REQUIRED",
        "OPERATING_SYSTEM",
        "LIB_RM_VERSION_MISMATCH",
        "IN_USE",
        "MEMORY",
        "NO_DATA",
        "VGPU_ECC_NOT_SUPPORTED",
        "INSUFFICIENT_RESOURCES",
        "FREQ_NOT_SUPPORTED",
        "ARGUMENT_VERSION_MISMATCH",
        "DEPRECATED",
        "NOT_READY",
        "GPU_NOT_FOUND",
        "INVALID_STATE",
        "RESET_TYPE_NOT_SUPPORTED"
    };

    private NvmlReturn() {}

    /** The header's word for a code, without its {@code NVML_ERROR_}. */
    static String word(int code) {
        if (code >= 0 && code < WORDS.length) {
            return WORDS[code];
        }
        return code == 999 ? "UNKNOWN" : "error " + code;
    }

    /**
     * Whether a code says that the device, its driver, or its present mode does not have what was asked for. An argument
     * is invalid where a driver does not know the sensor, the clock or the fan that it names.
     */
    static boolean isUnsupported(int code) {
        return switch (code) {
            case INVALID_ARGUMENT,
                    NOT_SUPPORTED,
                    NOT_FOUND,
                    FUNCTION_NOT_FOUND,
                    NO_DATA,
                    ARGUMENT_VERSION_MISMATCH,
                    DEPRECATED -> true;
            default -> false;
        };
    }

    /** Whether a code says that the device is gone. */
    static boolean isLost(int code) {
        return code == GPU_IS_LOST || code == GPU_NOT_FOUND;
    }
}

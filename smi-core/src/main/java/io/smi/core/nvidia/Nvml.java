package io.smi.core.nvidia;

/**
 * NVIDIA's management library, as its header {@code nvml.h} declares it: every function by its name. Safe to call from
 * several threads.
 */
interface Nvml {
    /**
     * Calls a function.
     *
     * @param arguments {@code Long} for a handle or another word of 64 bits, {@code Integer} for one of 32 bits, a direct
     *     {@code ByteBuffer} in native order for what the function fills in, or reads, from its start
     * @return one of {@link NvmlReturn}; {@link NvmlReturn#FUNCTION_NOT_FOUND} when the library is older than the function
     */
    int call(String function, Object... arguments);
}

package io.smi.server.stream;

/** What became of a GPU. */
final class DeviceEvent {
    private final String device;
    private final byte[] bytes;

    DeviceEvent(String device, byte[] bytes) {
        this.device = device;
        this.bytes = bytes;
    }

    /** The GPU's {@link io.smi.schema.Gpu#identity}. */
    String device() {
        return device;
    }

    /** The whole event. Shared: not to be changed. */
    byte[] bytes() {
        return bytes;
    }
}

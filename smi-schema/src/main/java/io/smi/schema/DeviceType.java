package io.smi.schema;

/** What kind of accelerator a row of {@code gpus} is. */
public enum DeviceType implements Label {
    /** Graphics or compute GPU. */
    GPU("gpu"),
    /** Neural processing unit. */
    NPU("npu"),
    /** Tensor processing unit. */
    TPU("tpu");

    private final String label;

    DeviceType(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}

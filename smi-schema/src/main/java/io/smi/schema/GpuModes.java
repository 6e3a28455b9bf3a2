package io.smi.schema;

import org.jspecify.annotations.Nullable;

/** Modes of an accelerator that an administrator sets. */
@Built
public record GpuModes(
        @Key("Whether the driver stays loaded when nobody uses the device.") @Nullable
        Boolean persistence,

        @Key("Who may compute: default, exclusive_process or prohibited.") @Nullable
        String compute,

        @Key("Whether the device is split into instances.") @Nullable
        Boolean mig,

        @Key("How the device serves virtual machines: none, vgpu or sriov.") @Nullable
        String vgpuHost)
        implements Row {
    @Override
    public void writeTo(FieldWriter out) {
        out.flag("persistence", persistence);
        out.text("compute", compute);
        out.flag("mig", mig);
        out.text("vgpu_host", vgpuHost);
    }
}

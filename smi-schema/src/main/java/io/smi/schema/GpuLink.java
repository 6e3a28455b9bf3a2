package io.smi.schema;

import org.jspecify.annotations.Nullable;

/** A link from an accelerator to another device. */
@Built
public record GpuLink(
        @Key("Number of the link.") @Nullable Integer index,
        @Key("nvlink, xgmi or xelink.") @Nullable String type,
        @Key("active or inactive.") @Nullable String state,

        @Key("What is at the other end: gpu, switch, cpu ...") @Nullable
        String remoteType,

        @Key("PCI address of the other end.") @Nullable String remotePciBusId,

        @Key("Received since the driver was loaded.") @Nullable
        Long rxBytesTotal,

        @Key("Sent since the driver was loaded.") @Nullable Long txBytesTotal,

        @Key(value = "Errors since the driver was loaded.", unit = "errors") @Nullable
        Long errorsTotal)
        implements Row {
    @Override
    public void writeTo(FieldWriter out) {
        out.number("index", index);
        out.text("type", type);
        out.text("state", state);
        out.text("remote_type", remoteType);
        out.text("remote_pci_bus_id", remotePciBusId);
        out.number("rx_bytes_total", rxBytesTotal);
        out.number("tx_bytes_total", txBytesTotal);
        out.number("errors_total", errorsTotal);
    }
}

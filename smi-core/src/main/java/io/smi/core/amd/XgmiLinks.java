package io.smi.core.amd;

import io.smi.schema.GpuLink;
import io.smi.schema.GpuLinkBuilder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an Instinct exchanged with others over XGMI: {@code xgmi_read_data_acc}, {@code xgmi_write_data_acc}. */
final class XgmiLinks {
    /** Of a table that does not have {@code xgmi_link_status}. */
    static final int NO_STATUS = -1;

    private static final int MOST = 8;

    /** "In KByte", as {@code smu_v13_0_6_pmfw.h} has it. */
    private static final int KBYTE = 1024;

    private XgmiLinks() {}

    /**
     * The links of a table; one without a status that never carried anything may be none.
     *
     * @param read where the first counter is; those of what was written follow
     * @param status where the first status is
     */
    static List<GpuLink> of(int read, int status, ByteBuffer table) {
        List<GpuLink> links = new ArrayList<>();
        for (int i = 0; i < MOST; i++) {
            Long received = counter(read + i * Long.BYTES, table);
            Long sent = counter(read + (MOST + i) * Long.BYTES, table);
            add(i, status == NO_STATUS ? null : status(status + i * Short.BYTES, table), received, sent, links);
        }
        return List.copyOf(links);
    }

    /** Of a table that has attributes. Where all links together have one counter, only their status is told. */
    static List<GpuLink> of(MetricsAttributes attributes) {
        int size =
                Math.max(attributes.size(MetricsAttributes.XGMI_STATUS), attributes.size(MetricsAttributes.XGMI_READ));
        boolean each = attributes.size(MetricsAttributes.XGMI_READ) == size;
        List<GpuLink> links = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            Long received = each ? attributes.value(MetricsAttributes.XGMI_READ, i) : null;
            Long sent = each ? attributes.value(MetricsAttributes.XGMI_WRITTEN, i) : null;
            add(i, attributes.value(MetricsAttributes.XGMI_STATUS, i), received, sent, links);
        }
        return List.copyOf(links);
    }

    private static void add(
            int index, @Nullable Long status, @Nullable Long received, @Nullable Long sent, List<GpuLink> links) {
        String state = state(status);
        Long rx = bytes(received);
        Long tx = bytes(sent);
        boolean carried = rx != null && tx != null && (rx > 0 || tx > 0);
        if (carried || state != null) {
            links.add(GpuLinkBuilder.builder()
                    .index(index)
                    .type("xgmi")
                    .state(state)
                    .rxBytesTotal(rx)
                    .txBytesTotal(tx)
                    .build());
        }
    }

    private static @Nullable Long bytes(@Nullable Long kilobytes) {
        if (kilobytes == null || kilobytes < 0 || kilobytes > Long.MAX_VALUE / KBYTE) {
            return null;
        }
        return kilobytes * KBYTE;
    }

    private static @Nullable Long counter(int offset, ByteBuffer table) {
        return offset + Long.BYTES <= table.limit() ? Long.valueOf(table.getLong(offset)) : null;
    }

    private static @Nullable Long status(int offset, ByteBuffer table) {
        return offset + Short.BYTES <= table.limit() ? Long.valueOf(table.getShort(offset)) : null;
    }

    /** {@code enum amdgpu_xgmi_link_status}; null for what is not available. */
    private static @Nullable String state(@Nullable Long status) {
        if (status == null) {
            return null;
        }
        return switch (status.intValue()) {
            case 0 -> "inactive";
            case 1 -> "active";
            default -> null;
        };
    }
}

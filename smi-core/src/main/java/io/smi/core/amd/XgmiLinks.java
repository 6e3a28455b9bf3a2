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
            Long received = bytes(read + i * Long.BYTES, table);
            Long sent = bytes(read + (MOST + i) * Long.BYTES, table);
            String state = status == NO_STATUS ? null : state(status + i * Short.BYTES, table);
            if (received != null && sent != null && (state != null || received > 0 || sent > 0)) {
                links.add(GpuLinkBuilder.builder()
                        .index(i)
                        .type("xgmi")
                        .state(state)
                        .rxBytesTotal(received)
                        .txBytesTotal(sent)
                        .build());
            }
        }
        return List.copyOf(links);
    }

    private static @Nullable Long bytes(int offset, ByteBuffer table) {
        long kilobytes = offset + Long.BYTES <= table.limit() ? table.getLong(offset) : -1;
        return kilobytes < 0 || kilobytes > Long.MAX_VALUE / KBYTE ? null : Long.valueOf(kilobytes * KBYTE);
    }

    /** {@code enum amdgpu_xgmi_link_status}; null for what is not available. */
    private static @Nullable String state(int offset, ByteBuffer table) {
        int status = offset + Short.BYTES <= table.limit() ? table.getShort(offset) : -1;
        return switch (status) {
            case 0 -> "inactive";
            case 1 -> "active";
            default -> null;
        };
    }
}

package io.smi.core.nvidia;

import io.smi.core.nvidia.Fields.Field;
import io.smi.schema.GpuLink;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The NVLinks of a GPU. All their states and counters are fields, read by one call; what is at their other ends is asked
 * once, and again when a link comes up.
 */
final class Links {
    private static final int STATE = 165;
    private static final int SENT_KIB = 138;
    private static final int RECEIVED_KIB = 139;
    private static final int FIELDS = 6;
    private static final int MOST = 36;

    private final @Nullable Link[] remotes;
    private Fields fields;
    private boolean old;

    private Links(int count) {
        this.remotes = new Link[count];
        this.fields = fields(count, false);
    }

    /** The links that this GPU has, perhaps none; null when the driver does not tell. */
    static @Nullable Links open(Query query, long handle) {
        Fields count = new Fields(List.of(new Field(91, "links")));
        count.read(query, handle);
        Long known = count.tries(query, 0);
        if (known != null) {
            return new Links((int) Math.min(known, MOST));
        }
        int found = 0;
        while (found < MOST && isThere(query, handle, found)) {
            found++;
        }
        return query.isLost() ? null : new Links(found);
    }

    private static boolean isThere(Query query, long handle, int link) {
        return query.tries(
                "links",
                "nvmlDeviceGetNvLinkState",
                handle,
                link,
                query.scratch().first());
    }

    /** Drivers before Hopper count errors in fields of which each link has its own. */
    private static Fields fields(int count, boolean old) {
        List<Field> fields = new ArrayList<>(count * FIELDS);
        for (int link = 0; link < count; link++) {
            fields.add(new Field(STATE, link, "links.state"));
            fields.add(new Field(RECEIVED_KIB, link, "links.rx_bytes_total"));
            fields.add(new Field(SENT_KIB, link, "links.tx_bytes_total"));
            int later = link < 6 ? 0 : 1;
            int errors = link - 6 * later;
            fields.add(new Field(old ? 46 + errors + later * 62 : 161, link, "links.errors_total")); // replays
            fields.add(new Field(old ? 53 + errors + later * 61 : 162, link, "links.errors_total")); // recoveries
            fields.add(new Field(old ? 32 + errors + later * 64 : 163, link, "links.errors_total")); // checksums
        }
        return new Fields(fields);
    }

    List<GpuLink> read(Query query, long handle) {
        if (remotes.length == 0) {
            return List.of();
        }
        fields.read(query, handle);
        if (!old && remotes.length <= 12 && fields.tries(query, 3) == null) {
            old = true;
            fields = fields(remotes.length, true);
            fields.read(query, handle);
        }
        List<GpuLink> links = new ArrayList<>(remotes.length);
        for (int link = 0; link < remotes.length; link++) {
            links.add(read(query, handle, link));
        }
        return links;
    }

    private GpuLink read(Query query, long handle, int link) {
        int at = link * FIELDS;
        Boolean active = Query.flag(fields.tries(query, at));
        if (active == null) {
            active = Query.flag(query.number("links.state", "nvmlDeviceGetNvLinkState", handle, link));
        }
        Link remote = remote(query, handle, link, active);
        return new GpuLink(
                link,
                "nvlink",
                active == null ? null : active ? "active" : "inactive",
                remote == null ? null : remote.type(),
                remote == null ? null : remote.address(),
                bytes(fields.get(query, at + 1)),
                bytes(fields.get(query, at + 2)),
                sum(fields.get(query, at + 3), fields.get(query, at + 4), fields.get(query, at + 5)));
    }

    private @Nullable Link remote(Query query, long handle, int link, @Nullable Boolean active) {
        if (active == null || !active) {
            remotes[link] = null;
        } else if (remotes[link] == null) {
            Link remote = Link.read(query, handle, link);
            remotes[link] = query.isLost() ? null : remote;
        }
        return remotes[link];
    }

    private static @Nullable Long bytes(@Nullable Long kib) {
        return kib == null ? null : Query.large(kib * 1024);
    }

    private static @Nullable Long sum(@Nullable Long... numbers) {
        long sum = 0;
        for (Long number : Arrays.asList(numbers)) {
            if (number == null) {
                return null;
            }
            sum += number;
        }
        return Query.large(sum);
    }
}

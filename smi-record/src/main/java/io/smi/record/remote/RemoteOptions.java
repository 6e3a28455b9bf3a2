package io.smi.record.remote;

import io.smi.schema.Section;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which frames of which machine are wanted.
 *
 * @param from the server: {@code http://HOST[:PORT][/PREFIX]}, the same with {@code https} and with {@code USER:PASSWORD@}
 *     before the host, or {@code unix:PATH}
 * @param include sections; empty for what the server gives unasked
 * @param throttle least time between two frames; null for every frame
 * @param tokenFile its first line that is not empty and no {@code #} comment is sent as a bearer token; read at each
 *     connection, so that it can be changed. Null for none
 * @param caFile PEM certificates, of which one must have signed the server's; null for those that Java trusts
 */
public record RemoteOptions(
        String from,
        Set<Section> include,
        @Nullable Duration throttle,
        @Nullable Path tokenFile,
        @Nullable Path caFile) {

    /** Copies the set; a throttle is at least 1 ms. */
    public RemoteOptions {
        if (throttle != null && throttle.toMillis() < 1) {
            throw new IllegalArgumentException("throttle: " + throttle + " is less than 1 ms");
        }
        include = Collections.unmodifiableSortedSet(new TreeSet<>(include));
    }

    /** Every frame of this server, as it gives them unasked. */
    public static RemoteOptions of(String from) {
        return new RemoteOptions(from, Set.of(), null, null, null);
    }
}

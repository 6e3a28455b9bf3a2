package io.smi.core.drm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Open files put together: each client once, with the process that it belongs to.
 *
 * @param list by pid, those of the same process by device
 * @param clients all of them
 */
record DrmUses(List<Use> list, Map<Key, DrmClient> clients) {
    /** What a client is known by: its number may be another's on another device. */
    record Key(String device, long id) {}

    /**
     * One process and one device.
     *
     * @param clients those that are counted for this process
     * @param complete whether of each file it is known what is used through it
     */
    record Use(int pid, String device, Map<Key, DrmClient> clients, boolean complete) {
        /** In bytes; null when not known of each client. */
        @Nullable
        Long memoryBytes() {
            return sum(DrmClient::memoryBytes);
        }

        /** In bytes; null when not known of each client. */
        @Nullable
        Long gttBytes() {
            return sum(DrmClient::gttBytes);
        }

        private @Nullable Long sum(Function<DrmClient, @Nullable Long> part) {
            long sum = 0;
            for (DrmClient client : clients.values()) {
                Long bytes = part.apply(client);
                if (bytes == null) {
                    return null;
                }
                sum += bytes;
            }
            return complete ? Long.valueOf(sum) : null;
        }

        /** Of each engine; null when not known of each client, as of one that is new. */
        @Nullable
        Map<String, Double> percents(DrmUses before, long nanos) {
            Map<String, Double> sum = new TreeMap<>();
            for (Map.Entry<Key, DrmClient> entry : clients.entrySet()) {
                DrmClient earlier = before.clients.get(entry.getKey());
                Map<String, Double> one =
                        earlier == null ? null : DrmEngines.percents(earlier, entry.getValue(), nanos);
                if (one == null) {
                    return null;
                }
                one.forEach((engine, percent) -> sum.merge(engine, percent, Double::sum));
            }
            return complete ? sum : null;
        }

        @Nullable
        String kind() {
            return complete ? DrmEngines.kind(clients.values()) : null;
        }
    }

    static DrmUses of(DrmFiles files) {
        Map<Key, Integer> owners = new HashMap<>();
        Map<Key, DrmClient> clients = new HashMap<>();
        for (DrmFile file : files.open()) {
            DrmClient client = file.client();
            if (client != null) {
                Key key = new Key(file.device(), client.id());
                owners.merge(key, file.pid(), Math::max);
                clients.put(key, client);
            }
        }
        List<Use> uses = new ArrayList<>();
        Map<Integer, Map<String, List<DrmFile>>> byProcess = new TreeMap<>();
        for (DrmFile file : files.open()) {
            byProcess
                    .computeIfAbsent(file.pid(), none -> new TreeMap<>())
                    .computeIfAbsent(file.device(), none -> new ArrayList<>(2))
                    .add(file);
        }
        byProcess.forEach((pid, byDevice) -> byDevice.forEach((device, open) -> {
            Use use = use(pid, device, open, owners);
            if (!use.complete() || !use.clients().isEmpty()) {
                uses.add(use);
            }
        }));
        return new DrmUses(List.copyOf(uses), clients);
    }

    private static Use use(int pid, String device, List<DrmFile> open, Map<Key, Integer> owners) {
        Map<Key, DrmClient> own = new HashMap<>();
        boolean complete = true;
        for (DrmFile file : open) {
            DrmClient client = file.client();
            complete &= client != null;
            if (client != null) {
                Key key = new Key(device, client.id());
                if (owners.getOrDefault(key, pid) == pid) {
                    own.put(key, client);
                }
            }
        }
        return new Use(pid, device, own, complete);
    }
}

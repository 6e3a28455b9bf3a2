package io.smi.cli.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.cli.Peers;
import io.smi.cli.api.ApiProcess;
import io.smi.schema.Network;
import io.smi.schema.SnapshotFrame;
import io.smi.schema.Storage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What node_exporter says between two snapshots lies between what they say. */
@Tag("peer")
@Timeout(120)
class NodeExporterPeerIT {
    @Test
    void saysTheSameOfDisksFileSystemsAndInterfaces() throws Exception {
        Peers.require("prometheus-node-exporter");
        String address = "127.0.0.1:" + ApiProcess.freePort();
        Process exporter = new ProcessBuilder("prometheus-node-exporter", "--web.listen-address=" + address)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (HttpClient client = HttpClient.newHttpClient()) {
            scrape(client, address);
            SnapshotFrame before = StorageIT.snapshot();
            Map<String, Double> metrics = scrape(client, address);
            SnapshotFrame after = StorageIT.snapshot();
            assertThat(disks(before, metrics, after) + interfaces(before, metrics, after))
                    .isPositive();
        } finally {
            exporter.destroyForcibly().onExit().join();
        }
    }

    private static int disks(SnapshotFrame before, Map<String, Double> metrics, SnapshotFrame after) {
        int compared = 0;
        for (int i = 0; i < Objects.requireNonNull(after.storage()).size(); i++) {
            Storage first = Objects.requireNonNull(before.storage()).get(i);
            Storage last = after.storage().get(i);
            String device = Objects.requireNonNull(last.device()).replace("/dev/", "");
            Double read = metrics.get("node_disk_read_bytes_total{device=\"" + device + "\"}");
            if (read != null) {
                assertBetween(first.readBytesTotal(), read, last.readBytesTotal());
                Double written = metrics.get("node_disk_written_bytes_total{device=\"" + device + "\"}");
                assertBetween(first.writtenBytesTotal(), written, last.writtenBytesTotal());
                compared++;
            }
            Double size = metrics.get("node_filesystem_size_bytes{device=\"%s\",fstype=\"%s\",mountpoint=\"%s\"}"
                    .formatted(last.device(), last.fsType(), last.mountPoint()));
            if (size != null) {
                assertThat(Objects.requireNonNull(last.totalBytes()).doubleValue())
                        .isEqualTo(size);
                compared++;
            }
        }
        return compared;
    }

    private static int interfaces(SnapshotFrame before, Map<String, Double> metrics, SnapshotFrame after) {
        int compared = 0;
        for (int i = 0; i < Objects.requireNonNull(after.network()).size(); i++) {
            Network first = Objects.requireNonNull(before.network()).get(i);
            Network last = after.network().get(i);
            String label = "{device=\"" + last.name() + "\"}";
            Double received = metrics.get("node_network_receive_bytes_total" + label);
            if (last.name().equals("lo") && received == null) {
                continue;
            }
            assertBetween(first.rxBytesTotal(), received, last.rxBytesTotal());
            assertBetween(
                    first.txBytesTotal(),
                    metrics.get("node_network_transmit_bytes_total" + label),
                    last.txBytesTotal());
            assertBetween(
                    first.rxDroppedTotal(),
                    metrics.get("node_network_receive_drop_total" + label),
                    last.rxDroppedTotal());
            compared++;
        }
        return compared;
    }

    private static void assertBetween(@Nullable Long first, @Nullable Double value, @Nullable Long last) {
        assertThat(value)
                .isNotNull()
                .isBetween(
                        Objects.requireNonNull(first).doubleValue(),
                        Objects.requireNonNull(last).doubleValue());
    }

    /** All series, once it answers. */
    private static Map<String, Double> scrape(HttpClient client, String address) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + address + "/metrics"))
                .timeout(Duration.ofSeconds(30))
                .build();
        while (true) {
            try {
                Map<String, Double> metrics = new HashMap<>();
                for (String line : client.send(request, BodyHandlers.ofString())
                        .body()
                        .lines()
                        .toList()) {
                    int end = line.lastIndexOf(' ');
                    if (!line.startsWith("#") && end > 0) {
                        metrics.put(line.substring(0, end), Double.valueOf(line.substring(end + 1)));
                    }
                }
                return metrics;
            } catch (IOException e) {
                Thread.sleep(100);
            }
        }
    }
}

package io.smi.cli.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.smi.cli.Peers;
import io.smi.cli.packaging.Program;
import io.smi.schema.FrameDecoder;
import io.smi.schema.Network;
import io.smi.schema.SnapshotFrame;
import io.smi.schema.Storage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code storage} and {@code network} of the packaged program, beside what df, the kernel and ip say right before and after. */
@Timeout(120)
class StorageIT {
    private static final int ATTEMPTS = 20;

    /** What others write in between changes the numbers: a mount is compared when df says the same twice around smi. */
    @Test
    void fileSystemsAreAsFullAsDfSays() throws Exception {
        Set<String> seen = new HashSet<>();
        Set<String> compared = new HashSet<>();
        for (int attempt = 0; attempt < ATTEMPTS && (attempt == 0 || compared.size() < seen.size()); attempt++) {
            Map<String, List<Long>> before = df();
            List<Storage> rows = Objects.requireNonNull(snapshot().storage());
            Map<String, List<Long>> after = df();
            for (Storage row : rows) {
                List<Long> said = after.get(row.mountPoint());
                assertThat(said).as("df knows %s", row.mountPoint()).isNotNull();
                assertThat(row.totalBytes()).isEqualTo(said.get(0));
                seen.add(row.mountPoint());
                if (said.equals(before.get(row.mountPoint()))) {
                    assertThat(List.of(
                                    row.totalBytes(),
                                    row.usedBytes(),
                                    row.availableBytes(),
                                    orZero(row.inodesTotal()),
                                    orZero(row.inodesFree())))
                            .as(row.mountPoint())
                            .isEqualTo(said);
                    compared.add(row.mountPoint());
                }
            }
        }
        assertThat(seen).contains("/");
        assertThat(compared).as("those that stood still for a moment").isNotEmpty();
    }

    private static Long orZero(@Nullable Long inodes) {
        return inodes == null ? 0L : inodes;
    }

    /** Size, used, available, inodes, free inodes, by mount point. */
    private static Map<String, List<Long>> df() throws Exception {
        Map<String, List<Long>> mounts = new HashMap<>();
        String out = output("df", "-a", "-B1", "--output=size,used,avail,itotal,iavail,target");
        for (String line : out.lines().skip(1).toList()) {
            String[] words = line.strip().split(" +", 6);
            if (!words[0].equals("-")) {
                mounts.put(
                        words[5],
                        List.of(
                                number(words[0]),
                                number(words[1]),
                                number(words[2]),
                                number(words[3]),
                                number(words[4])));
            }
        }
        return mounts;
    }

    private static Long number(String word) {
        return word.equals("-") ? 0L : Long.valueOf(word);
    }

    @Test
    void disksHaveReadAndWrittenWhatTheKernelSays() throws Exception {
        Map<String, long[]> before = diskstats();
        List<Storage> rows = Objects.requireNonNull(snapshot().storage());
        Map<String, long[]> after = diskstats();
        int compared = 0;
        for (Storage row : rows) {
            long[] first = before.get(String.valueOf(row.device()));
            long[] last = after.get(String.valueOf(row.device()));
            if (first != null && last != null) {
                assertThat(row.readBytesTotal()).isBetween(first[0], last[0]);
                assertThat(row.writtenBytesTotal()).isBetween(first[1], last[1]);
                compared++;
            }
        }
        assumeTrue(compared > 0, "no file system here is on a disk");
    }

    private static Map<String, long[]> diskstats() throws Exception {
        Map<String, long[]> disks = new HashMap<>();
        for (String line : Files.readAllLines(Path.of("/proc/diskstats"))) {
            String[] words = line.strip().split(" +", -1);
            disks.put("/dev/" + words[2], new long[] {512 * Long.parseLong(words[5]), 512 * Long.parseLong(words[9])});
        }
        return disks;
    }

    @Test
    void interfacesAreThoseOfIp() throws Exception {
        assumeTrue(Peers.has("ip"), "ip is not installed");
        JsonNode before = ip();
        List<Network> rows = Objects.requireNonNull(snapshot().network());
        JsonNode after = ip();
        assertThat(rows).extracting(Network::name).containsExactlyElementsOf(after.findValuesAsString("ifname"));
        for (int i = 0; i < rows.size(); i++) {
            Network row = rows.get(i);
            assertThat(row.mtu()).isEqualTo(after.get(i).get("mtu").asInt());
            String state = after.get(i).get("operstate").asString();
            assertThat(String.valueOf(row.state())).isEqualToIgnoringCase(state.equals("UNKNOWN") ? "null" : state);
            if (row.mac() != null) {
                assertThat(row.mac()).isEqualTo(after.get(i).get("address").asString());
            }
            JsonNode first = before.get(i).get("stats64");
            JsonNode last = after.get(i).get("stats64");
            assertBetween(row.rxBytesTotal(), first.get("rx"), last.get("rx"), "bytes");
            assertBetween(row.txBytesTotal(), first.get("tx"), last.get("tx"), "bytes");
            assertBetween(row.rxErrorsTotal(), first.get("rx"), last.get("rx"), "errors");
            assertBetween(row.txErrorsTotal(), first.get("tx"), last.get("tx"), "errors");
            assertBetween(row.rxDroppedTotal(), first.get("rx"), last.get("rx"), "dropped", "missed_errors");
            assertBetween(row.txDroppedTotal(), first.get("tx"), last.get("tx"), "dropped");
        }
    }

    private static void assertBetween(@Nullable Long value, JsonNode first, JsonNode last, String... names) {
        assertThat(value).as(names[0]).isBetween(sum(first, names), sum(last, names));
    }

    private static long sum(JsonNode counters, String... names) {
        long sum = 0;
        for (String name : names) {
            sum += counters.get(name).asLong();
        }
        return sum;
    }

    private static JsonNode ip() throws Exception {
        return JsonMapper.shared().readTree(output("ip", "-s", "-s", "-j", "link"));
    }

    static SnapshotFrame snapshot() throws Exception {
        String out = output(
                Program.HOME.resolve("bin/smi").toString(),
                "snapshot",
                "--json",
                "--window",
                "0",
                "--include",
                "storage,network");
        return FrameDecoder.decode(out.getBytes(StandardCharsets.UTF_8));
    }

    private static String output(String... command) throws Exception {
        Program.Outcome outcome = Program.run(Map.of(), command);
        assertThat(outcome.status()).as(outcome.err()).isZero();
        return outcome.out();
    }
}

package io.smi.cli.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.cli.Peers;
import io.smi.cli.packaging.Program;
import io.smi.cli.packaging.Program.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Recordings as other programs read them: zstd, gzip, jq, and DuckDB by its JDBC driver, which the profile peers brings. */
@Tag("peer")
@Timeout(120)
class RecordingReadersPeerIT {
    private static final Path EXAMPLES = Path.of(System.getProperty("smi.checkout"), "examples/recordings");
    private static final String SMI = Program.HOME.resolve("bin/smi").toString();

    @TempDir
    private static Path folder;

    @BeforeAll
    static void record() throws Exception {
        for (String ending : List.of(".jsonl", ".jsonl.gz", ".jsonl.zst")) {
            record(folder.resolve("run" + ending).toString(), "--duration", "1s");
        }
        Files.createDirectory(folder.resolve("data"));
        record(
                folder + "/data/host={host}/date={date}/{time}.jsonl.zst",
                "--rotate-every",
                "1s",
                "--duration",
                "2500ms");
    }

    private static void record(String file, String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of(SMI, "record", "-o", file, "--interval", "50ms", "--quiet"));
        command.addAll(List.of(more));
        Outcome outcome = Program.run(Map.of(), command.toArray(String[]::new));
        assertThat(outcome.status()).as(outcome.err()).isZero();
    }

    private static int lines(String file) throws Exception {
        Outcome outcome = Program.run(Map.of(), SMI, "replay", "--json", file);
        assertThat(outcome.err()).isEmpty();
        return (int) outcome.out().lines().count();
    }

    @Test
    void zstdAndGzipAreContent() throws Exception {
        Peers.require("zstd", "gzip");
        assertThat(shell("zstd -t run.jsonl.zst").status()).isZero();
        assertThat(shell("gzip -t run.jsonl.gz").status()).isZero();
        assertThat(shell("zstd -dc run.jsonl.zst").out().lines()).hasSize(lines(folder + "/run.jsonl.zst"));
        assertThat(shell("gzip -dc run.jsonl.gz").out().lines()).hasSize(lines(folder + "/run.jsonl.gz"));
    }

    @Test
    void jqReadsALinePerFrame() throws Exception {
        Peers.require("zstd", "jq");
        for (String ending : List.of(".jsonl", ".jsonl.gz", ".jsonl.zst")) {
            Outcome outcome = shell(EXAMPLES.resolve("load.sh") + " run" + ending);
            assertThat(outcome.status()).as(outcome.err()).isZero();
            assertThat(outcome.out().lines())
                    .hasSize(lines(folder + "/run" + ending))
                    .allMatch(line -> line.split("\t", -1).length == 4);
        }
    }

    /** Without a window there is no load; jq would leave such a line out, and tell so on stderr only. */
    @Test
    void jqReadsFramesWithoutALoad() throws Exception {
        Peers.require("zstd", "jq");
        Outcome outcome = shell(
                SMI + " snapshot --json --window 0 >still.jsonl && " + EXAMPLES.resolve("load.sh") + " still.jsonl");
        assertThat(outcome.err()).isEmpty();
        assertThat(List.of(outcome.out().split("\t", -1))).hasSize(4).element(1).isEqualTo("-");
    }

    private static Outcome shell(String command) throws Exception {
        return Program.run(Map.of(), "sh", "-c", "cd " + folder + " && " + command);
    }

    @Test
    void duckDbCountsTheSameRows() throws Exception {
        try (Connection duckDb = duckDb();
                Statement statement = duckDb.createStatement()) {
            for (String ending : List.of(".jsonl", ".jsonl.gz", ".jsonl.zst")) {
                String file = folder + "/run" + ending;
                assertThat(number(statement, "SELECT count(*) FROM '" + file + "'"))
                        .as(ending)
                        .isEqualTo(lines(file));
                assertThat(number(statement, "SELECT max(seq) - min(seq) + 1 FROM '" + file + "'"))
                        .isEqualTo(lines(file));
            }
        }
    }

    @Test
    void duckDbReadsSegmentsAsOneTable() throws Exception {
        try (Connection duckDb = duckDb();
                Statement statement = duckDb.createStatement();
                var files = Files.walk(folder.resolve("data"))) {
            List<Path> segments = files.filter(Files::isRegularFile).sorted().toList();
            assertThat(segments).hasSizeGreaterThan(1);
            long frames = 0;
            for (Path segment : segments) {
                frames += lines(segment.toString());
            }
            String table = "read_json('" + folder + "/data/*/*/*.jsonl.zst', hive_partitioning = true)";
            assertThat(number(statement, "SELECT count(*) FROM " + table)).isEqualTo(frames);
            assertThat(number(statement, "SELECT count(DISTINCT (host, date)) FROM " + table))
                    .isBetween(1L, 2L);
        }
    }

    @Test
    void theSqlExampleRuns() throws Exception {
        try (Connection duckDb = duckDb();
                Statement statement = duckDb.createStatement()) {
            statement.execute("SET VARIABLE recording = '" + folder + "/run.jsonl.zst'");
            try (ResultSet rows = statement.executeQuery(Files.readString(EXAMPLES.resolve("busiest.sql")))) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getLong("frames")).isPositive();
            }
        }
    }

    private static long number(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static Connection duckDb() throws SQLException {
        Peers.requireClass("org.duckdb.DuckDBDriver");
        return DriverManager.getConnection("jdbc:duckdb:");
    }
}

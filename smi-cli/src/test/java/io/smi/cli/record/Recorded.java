package io.smi.cli.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.cli.Peers;
import io.smi.cli.packaging.Program;
import io.smi.record.Line;
import io.smi.record.read.Finding;
import io.smi.record.read.RecordingReader;
import io.smi.record.read.RecordingReader.Check;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is in recordings that follow each other. */
record Recorded(List<Line> lines, List<Finding> findings) {
    private static final Map<String, String> TESTERS = Map.of(".zst", "zstd", ".gz", "gzip");

    static Recorded in(Path... files) throws IOException {
        List<Line> lines = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        try (RecordingReader reader =
                RecordingReader.open(List.of(files), InputStream.nullInputStream(), Check.ALL, findings::add)) {
            for (Line line = reader.next(); line != null; line = reader.next()) {
                lines.add(line);
            }
        }
        return new Recorded(lines, findings);
    }

    /** The lines of a recording that was closed in order, and begins with 1. */
    static List<Line> whole(Path... files) throws Exception {
        Recorded recorded = in(files);
        assertThat(recorded.findings()).isEmpty();
        recorded.isContinuous();
        for (Path file : files) {
            for (Map.Entry<String, String> tester : TESTERS.entrySet()) {
                if (file.toString().endsWith(tester.getKey()) && Peers.has(tester.getValue())) {
                    assertThat(Program.run(Map.of(), tester.getValue(), "-t", file.toString())
                                    .status())
                            .as("%s -t %s", tester.getValue(), file)
                            .isZero();
                }
            }
        }
        return recorded.lines();
    }

    void isContinuous() {
        for (int i = 0; i < lines.size(); i++) {
            assertThat(lines.get(i).seq()).isEqualTo(i + 1);
        }
    }
}

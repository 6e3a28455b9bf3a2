package io.smi.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.smi.schema.EncodedFrame;
import io.smi.schema.FrameBuilder;
import io.smi.schema.SnapshotFrame;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedFilesTest {
    @TempDir
    Path folder;

    private final List<String> findings = new ArrayList<>();

    private static String line(long seq) {
        SnapshotFrame frame = FrameBuilder.withInclude(Set.of()).build(seq, Instant.ofEpochSecond(seq), null, "h");
        return new String(EncodedFrame.of(frame).bytes(), StandardCharsets.UTF_8) + "\n";
    }

    private Path file(String name, String... lines) throws IOException {
        return Files.writeString(folder.resolve(name), String.join("", lines));
    }

    private List<Long> seqs(Path... files) throws IOException {
        List<Long> seqs = new ArrayList<>();
        try (Playable.Frames frames = new RecordedFiles(List.of(files)).open(findings::add)) {
            for (SnapshotFrame frame = frames.next(); frame != null; frame = frames.next()) {
                seqs.add(frame.seq());
            }
        }
        return seqs;
    }

    @Test
    void filesFollowEachOther() throws Exception {
        assertThat(seqs(file("a", line(1), line(2)), file("b", line(3)))).containsExactly(1L, 2L, 3L);
        assertThat(findings).isEmpty();
    }

    @Test
    void whatAChecksumSaysIsRightAndIsNoFrameIsToldAndLeftOut() throws Exception {
        String wrong = line(2).replace("\"hostname\":\"h\"", "\"hostname\":7");
        Path file = folder.resolve("a.gz");
        try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(file))) {
            gzip.write((line(1) + wrong + line(3)).getBytes(StandardCharsets.UTF_8));
        }
        assertThat(seqs(file)).containsExactly(1L, 3L);
        assertThat(findings)
                .singleElement()
                .asString()
                .startsWith("frame 2 of 1970-01-01T00:00:02Z cannot be used: ")
                .contains("hostname");
    }

    @Test
    void whatIsMissingIsNoDamage() throws Exception {
        assertThat(seqs(file("a", line(1), line(11), line(21)))).containsExactly(1L, 11L, 21L);
        assertThat(findings).isEmpty();
        assertThat(seqs(file("b", line(2), line(1)))).containsExactly(2L, 1L);
        assertThat(findings).singleElement().asString().contains("seq 1 comes after 2");
    }

    @Test
    void itsNameIsThatOfItsFiles() {
        assertThat(new RecordedFiles(List.of(Path.of("a"), Path.of("b")))).hasToString("a, b");
    }

    @Test
    void whatCannotBeReadTwiceIsRefusedBeforeAByteOfItIsTaken() {
        Path pipe = Path.of("/dev/null");
        assumeThat(pipe).exists();
        assertThatIOException()
                .isThrownBy(() -> seqs(pipe))
                .withMessage("'/dev/null' is no regular file, and cannot be read twice");
    }
}

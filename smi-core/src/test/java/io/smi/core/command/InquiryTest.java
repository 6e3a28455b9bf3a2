package io.smi.core.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.core.Problems;
import io.smi.schema.ErrorKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often a program is run. */
class InquiryTest {
    @TempDir
    private Path bin;

    private final AtomicLong clock = new AtomicLong();

    private Inquiry inquiry(String script) throws IOException {
        FakeProgram.install(bin, "tool", "echo run >> " + bin + "/runs\n" + script);
        return new Inquiry(Objects.requireNonNull(Command.find("tool", bin.toString())), clock::get);
    }

    private long runs() throws IOException {
        return Files.readAllLines(bin.resolve("runs")).size();
    }

    private void passes(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    @Test
    void anAnswerStandsForNearlyASecond() throws IOException {
        Inquiry inquiry = inquiry("echo answer");
        assertThat(inquiry.ask(new Problems())).isEqualTo("answer\n");
        passes(Duration.ofMillis(899));
        assertThat(inquiry.ask(new Problems())).isEqualTo("answer\n");
        assertThat(runs()).isEqualTo(1);
        passes(Duration.ofMillis(1));
        inquiry.ask(new Problems());
        assertThat(runs()).isEqualTo(2);
    }

    @Test
    void whatFailedRestsAndIsToldWithEachFrame() throws IOException {
        Inquiry inquiry = inquiry("exit 1");
        for (int second = 0; second < 10; second++) {
            Problems problems = new Problems();
            assertThat(inquiry.ask(problems)).isNull();
            assertThat(problems.list()).extracting(Problems.Problem::kind).containsExactly(ErrorKind.FAILED);
            passes(Duration.ofSeconds(1));
        }
        assertThat(runs()).isEqualTo(1);
        inquiry.ask(new Problems());
        assertThat(runs()).isEqualTo(2);
    }

    /** News in one frame, whatever samples came before it, and then old. */
    @Test
    void oneThatWasLateIsATimeoutOnce() throws IOException {
        Inquiry inquiry = inquiry("sleep 1000");
        Problems sample = new Problems(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(300));
        assertThat(inquiry.ask(sample)).isNull();
        assertThat(kinds(sample)).containsExactly(ErrorKind.TIMEOUT);
        Problems frame = new Problems();
        inquiry.ask(frame);
        assertThat(kinds(frame)).containsExactly(ErrorKind.TIMEOUT);
        frame.tell();
        Problems next = new Problems();
        inquiry.ask(next);
        assertThat(kinds(next)).containsExactly(ErrorKind.STALE);
        assertThat(runs()).isEqualTo(1);
    }

    private static List<ErrorKind> kinds(Problems problems) {
        return problems.list().stream().map(Problems.Problem::kind).toList();
    }
}

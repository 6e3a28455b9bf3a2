package io.smi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusLineTest {
    private static final String ERASED = "\r\033[K";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final FakeScreen screen = new FakeScreen();

    private static final class FakeScreen implements StatusLine.Screen {
        private int columns = 80;
        private boolean ours = true;

        @Override
        public int columns() {
            return columns;
        }

        @Override
        public boolean isOurs() {
            return ours;
        }
    }

    private Console console(boolean errIsTerminal, Map<String, String> environment) {
        return new Console(out, new PrintStream(err, true, StandardCharsets.UTF_8), false, errIsTerminal, environment);
    }

    private StatusLine line() {
        return new StatusLine(console(true, Map.of("TERM", "xterm")), screen);
    }

    private String shown() {
        String text = err.toString(StandardCharsets.UTF_8);
        err.reset();
        return text;
    }

    @Test
    void isWrittenOverAgainAndErasedInTheEnd() {
        try (StatusLine line = line()) {
            line.draw("1 frame");
            assertThat(shown()).isEqualTo("\r1 frame\033[K");
            line.draw("2 frames");
            assertThat(shown()).isEqualTo("\r2 frames\033[K");
        }
        assertThat(shown()).isEqualTo(ERASED);
        assertThat(out.size()).isZero();
    }

    @Test
    void aComplaintTakesItsPlace() {
        try (StatusLine line = line()) {
            line.complain("early");
            assertThat(shown()).isEqualTo("smi: early\n");
            line.draw("1 frame");
            shown();
            line.complain("disk is slow");
            assertThat(shown()).isEqualTo(ERASED + "smi: disk is slow\n");
        }
        assertThat(shown()).isEmpty();
    }

    @Test
    void nothingIsDrawnAfterTheEnd() {
        StatusLine line = line();
        line.close();
        line.draw("1 frame");
        line.close();
        assertThat(shown()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "12, 0123456789abc, 012345678",
        "12, 日本語日本語, 日本語日",
        "3, abc, a",
        "0, abc, a",
    })
    void fitsTheTerminalWithRoomForAnInterrupt(int columns, String text, String expected) {
        screen.columns = columns;
        System.setProperty("smi.utf8", "true");
        try {
            line().draw(text);
        } finally {
            System.clearProperty("smi.utf8");
        }
        assertThat(shown()).isEqualTo("\r" + expected + "\033[K");
    }

    @Test
    void followsTheWidth() {
        StatusLine line = line();
        line.draw("0123456789abc");
        shown();
        screen.columns = 8;
        line.draw("0123456789abc");
        assertThat(shown()).isEqualTo("\r01234\033[K");
    }

    /** A file may be called anything. */
    @Test
    void whatItQuotesMovesNoCursor() {
        line().draw("recording a\nb\033[2J.jsonl");
        assertThat(shown()).isEqualTo("\rrecording a?b?[2J.jsonl\033[K");
    }

    @Test
    void leavesATerminalAloneThatBelongsToAShellNow() {
        StatusLine line = line();
        line.draw("1 frame");
        shown();
        screen.ours = false;
        line.draw("2 frames");
        line.close();
        assertThat(shown()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"false, xterm, true", "true, dumb, true", "true, '', true", "true, xterm, false"})
    void thereIsNoneWhereNobodyCanOrWantsToSeeIt(boolean terminal, String term, boolean wanted) {
        Console console = console(terminal, Map.of("TERM", term));
        try (StatusLine line = StatusLine.open(console, wanted, () -> {
            throw new IllegalStateException("asked for");
        })) {
            line.complain("talk");
        }
        assertThat(shown()).isEqualTo("smi: talk\n");
    }
}

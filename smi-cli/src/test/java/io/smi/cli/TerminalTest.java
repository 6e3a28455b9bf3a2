package io.smi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TerminalTest {
    @Test
    void theForegroundIsTheTerminalsProcessGroup() {
        assertThat(Terminal.isForeground("42 (java) S 41 42 7 34816 42 4194304 1 2\n"))
                .isTrue();
        assertThat(Terminal.isForeground("42 (java) S 41 42 7 34816 41 4194304 1 2\n"))
                .isFalse();
    }

    @Test
    void withoutATerminalOfItsOwnAProcessDisturbsNobody() {
        assertThat(Terminal.isForeground("42 (java) S 41 42 7 0 -1 4194304 1 2\n"))
                .isTrue();
    }

    @Test
    void theNameMayBeAnything() {
        assertThat(Terminal.isForeground("42 (a) R 1 2 3) S 41 42 7 34816 42 4194304 1 2\n"))
                .isTrue();
    }

    @Test
    void aWidthIsKnownEvenWhereThereIsNoTerminal() {
        assertThat(new Terminal().columns()).isPositive();
    }
}

package io.smi.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {
    @Test
    void readsALineWordByWord() throws KernelFormatException {
        Cursor cursor = Cursor.of("cpu0  41 -7\t9223372036854775807 0.25 some text \nnext");
        assertThat(cursor.word()).isEqualTo("cpu0");
        assertThat(cursor.number()).isEqualTo(41);
        assertThat(cursor.number()).isEqualTo(-7);
        assertThat(cursor.number()).isEqualTo(Long.MAX_VALUE);
        assertThat(cursor.decimal()).isEqualTo(0.25);
        assertThat(cursor.rest()).isEqualTo("some text");
        assertThat(cursor.atLineEnd()).isTrue();
        assertThat(cursor.word()).isEmpty();
        assertThat(cursor.nextLine()).isTrue();
        assertThat(cursor.word()).isEqualTo("next");
        assertThat(cursor.atEnd()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-",
                "+1",
                "x",
                "1x",
                "1.5",
                "0x10",
                "--1",
                "9223372036854775808",
                "\n1",
                "\u0661",
                "1\u00e9"
            })
    void whatIsNoWholeNumberIsRefused(String text) {
        assertThatThrownBy(() -> Cursor.of(text).number()).isInstanceOf(KernelFormatException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "-1.0", "1.2.3", "1e5", "nan", "1,5", "1234567890123456789.0"})
    void whatIsNoDecimalNumberIsRefused(String text) {
        assertThatThrownBy(() -> Cursor.of(text).decimal()).isInstanceOf(KernelFormatException.class);
    }

    @Test
    void aDecimalNumberIsExact() throws KernelFormatException {
        assertThat(Cursor.of("18342.19").decimal()).isEqualTo(18342.19);
        assertThat(Cursor.of("0.01 ").decimal()).isEqualTo(0.01);
        assertThat(Cursor.of("16\n").decimal()).isEqualTo(16.0);
    }

    @Test
    void acceptMovesPastWhatItKnowsAndElseStays() {
        Cursor cursor = Cursor.of("MemTotal: 12 kB");
        assertThat(cursor.accept("MemFree:")).isFalse();
        assertThat(cursor.accept("MemTotal:")).isTrue();
        assertThat(cursor.all()).isEqualTo(" 12 kB");
        assertThat(cursor.accept("x")).isFalse();
    }

    @Test
    void skipPastStaysInItsLine() {
        Cursor cursor = Cursor.of("1 (a) b) S\n2 (c) R");
        assertThat(cursor.skipPast(')')).isTrue();
        assertThat(cursor.skipPast(')')).isTrue();
        assertThat(cursor.skipPast(')')).isFalse();
        assertThat(cursor.rest()).isEqualTo("S");
    }

    @Test
    void walksLines() {
        Cursor cursor = Cursor.of("a\n\nb\n");
        assertThat(cursor.nextLine()).isTrue();
        assertThat(cursor.atLineEnd()).isTrue();
        assertThat(cursor.nextLine()).isTrue();
        assertThat(cursor.rest()).isEqualTo("b");
        assertThat(cursor.nextLine()).isFalse();
        assertThat(Cursor.of("").nextLine()).isFalse();
    }

    @Test
    void aMessageNamesTheLineThatItIsAbout() {
        Cursor cursor = Cursor.of("cpu 1\ncpu0 garbage 7\n");
        cursor.nextLine();
        cursor.word();
        assertThatThrownBy(cursor::number).hasMessage("test: expected a number in \"cpu0 garbage 7\"");
    }

    @Test
    void aMessageIsShortAndEndsInNoHalfCharacter() {
        assertThatThrownBy(() -> Cursor.of("x".repeat(61)).number())
                .hasMessage("test: expected a number in \"" + "x".repeat(60) + "...\"");
        assertThatThrownBy(
                        () -> Cursor.of("x".repeat(59) + "\ud83d\ude00 smile").number())
                .hasMessage("test: expected a number in \"" + "x".repeat(59) + "...\"");
    }
}

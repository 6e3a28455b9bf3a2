package io.smi.core.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smi.core.kernel.Cursor;
import io.smi.core.kernel.KernelFormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessStatTest {
    private static final String REST = " S 1 812 812 0 -1 4194560 37119 326510 0 139 146 54 427 272 20 -5 13 0 2431"
            + " 48816128 4257 18446744073709551615 94147531382784 94147531402665 140727368028912 0 0 0 0 4096 1256 0 0 0"
            + " 17 1 0 0 0 0 0 94147531418672 94147531420288 94147973222400 140727368030719 140727368030770"
            + " 140727368030770 140727368032235 0\n";

    @Test
    void everyNumberComesFromItsPlace() throws KernelFormatException {
        assertThat(ProcessStat.parse(Cursor.of("812 (sshd)" + REST), 812))
                .isEqualTo(new ProcessStat("sshd", "S", 1, false, 200, 20, -5, 13, 2431, 48816128));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Web Content", "a) S 1 (b", ")", "((sd-pam))", "", "kworker/u8:3-ext4-rsv-conversion"})
    void aNameMayHoldWhateverItLikes(String name) throws KernelFormatException {
        ProcessStat stat = ProcessStat.parse(Cursor.of("812 (" + name + ")" + REST), 812);
        assertThat(stat.name()).isEqualTo(name);
        assertThat(stat.ppid()).isEqualTo(1);
    }

    @Test
    void aNameCannotHarmATerminal() throws KernelFormatException {
        ProcessStat stat = ProcessStat.parse(Cursor.of("812 (a\nb\u001b[2J)" + REST), 812);
        assertThat(stat.name()).isEqualTo("a b?[2J");
        assertThat(stat.threads()).isEqualTo(13);
    }

    @Test
    void theKernelsOwnAreKnownByTheirFlag() throws KernelFormatException {
        String stat = "2 (kthreadd) S 0 0 0 0 -1 2129984 0 0 0 0 0 1 0 0 20 0 1 0 24 0 0 18446744073709551615 0 0 0\n";
        assertThat(ProcessStat.parse(Cursor.of(stat), 2).kernelThread()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage\n",
                "812 (sshd",
                "812 (sshd) S 1 812",
                "812 (sshd) S 1 812 812 0 -1 4194560 37119 326510 0 139 146 54 427 272 20 -5 13 0 2431 488161",
                "812 (sshd) S one 812 812 0 -1 4194560 37119 326510 0 139 146 54 427 272 20 -5 13 0 2431 48816128 1\n",
                "812 (sshd) S 5000000000 812 812 0 -1 4194560 37119 326510 0 139 146 54 427 272 20 -5 13 0 2431 1 1\n",
                "813 (sshd) S 1 813 813 0 -1 4194560 37119 326510 0 139 146 54 427 272 20 -5 13 0 2431 48816128 1\n"
            })
    void whatIsNotAWholeLineOfThisProcessIsRefused(String stat) {
        assertThatThrownBy(() -> ProcessStat.parse(Cursor.of(stat), 812)).isInstanceOf(KernelFormatException.class);
    }
}

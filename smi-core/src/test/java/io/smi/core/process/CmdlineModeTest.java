package io.smi.core.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CmdlineModeTest {
    @Test
    void aModeIsKnownByItsName() {
        for (CmdlineMode mode : CmdlineMode.values()) {
            assertThat(CmdlineMode.parse(mode.label())).isEqualTo(mode);
        }
        assertThat(CmdlineMode.NAMES)
                .isEqualTo(
                        CmdlineMode.REDACTED.label() + "|" + CmdlineMode.FULL.label() + "|" + CmdlineMode.NONE.label());
    }

    @Test
    void anUnknownNameIsAnsweredWithTheKnownOnes() {
        assertThatThrownBy(() -> CmdlineMode.parse("some"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("unknown command line mode 'some', known are redacted|full|none");
    }
}

package io.smi.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScrubberTest {
    private final Scrubber scrubber = new Scrubber(
            List.of("gpu7.lab.example", "gpu7"),
            List.of("ann"),
            List.of("/data/people/ann"),
            List.of("S N-0042"),
            Map.of("GITHUB_TOKEN", "planted+secret", "PATH", "/usr/bin", "MY_KEY", "abc"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            at planted+secret/x                        | at [secret-1]/x
            on GPU7.lab.example and gpu7: gpu77 gpu7-b | on [host-1] and [host-2]: gpu77 gpu7-b
            user ann, banner, ann's                    | user [user-1], banner, [user-1]'s
            /data/people/ann/x /data/people/anna       | [home-1]/x /data/people/anna
            /home/bob/.config                          | /home/[user-1]/.config
            10.1.2.3:9090, 10.1.2.3, 10.9.9.9          | [ipv4-1]:9090, [ipv4-1], [ipv4-2]
            fe80::1%eth0 2001:db8:0:0:0:0:0:1          | [ipv6-1]%eth0 [ipv6-2]
            http://[2001:db8::7]:80/                   | http://[[ipv6-1]]:80/
            ::ffff:10.1.2.3                            | [ipv6-1]
            link/ether 52:54:00:aB:cd:ef               | link/ether [mac-1]
            https://joe:pw@node:1/                     | https://[secret-1]@node:1/
            password=hunter22;                         | password=[secret-1];
            "api_key":"k-123456"                       | "api_key":"[secret-1]"
            Bearer abcdef                              | Bearer [secret-1]
            (builder@build.example)                    | ([mail-1])
            GPU-0A1b2c3d-1111-2222-3333-444455556666   | GPU-[uuid-1]
            "board_serial":"X 1","serial":null         | "board_serial":"[serial-1]","serial":null
            Serial          : 10000000abcdef01         | Serial          : [serial-1]
            part S N-0042                              | part [serial-1]
            """)
    void whatTellsWhoseMachineItIsIsTakenOut(String text, String scrubbed) {
        assertThat(scrubber.scrub(text)).isEqualTo(scrubbed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000:01:00.0 of 0000:10:00.1",
                "127.0.0.1:9090 0.0.0.0 ::1",
                "Linux 6.18.44-fc-v669, driver 550.54.15",
                "2026-11-26T13:13:38.304Z 12:34:56",
                "abc /usr/bin",
                "{\"serial\":null,\"name\":\"auth-token-file\"}",
            })
    void whatTellsOfTheHardwareStays(String text) {
        assertThat(scrubber.scrub(text)).isEqualTo(text);
    }

    @Test
    void serialsAreFoundInAFrame() {
        assertThat(Scrubber.serials("{\"serial\":\"A 1\",\"x\":1,\"serial\":null,\"serial\":\"B\"}"))
                .containsExactly("A 1", "B");
    }
}

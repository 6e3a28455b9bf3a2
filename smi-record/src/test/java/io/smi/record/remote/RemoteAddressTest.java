package io.smi.record.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteAddressTest {
    @ParameterizedTest
    @CsvSource({
        "http://host:9090, http://host:9090",
        "http://host, http://host",
        "HTTPS://Host/, https://Host",
        "https://host/smi, https://host/smi",
        "http://host:1/a/b%20c//, http://host:1/a/b%20c",
        "http://[::1]:9090, http://[::1]:9090",
        "http://u:p@host:9090/smi/, http://host:9090/smi",
    })
    void urls(String from, String base) {
        RemoteAddress address = RemoteAddress.parse(from);
        assertThat(address.base()).hasToString(base);
        assertThat(address.name()).isEqualTo(base);
        assertThat(address.socket()).isNull();
        assertThat(address.isTls()).isEqualTo(base.startsWith("https"));
    }

    @ParameterizedTest
    @CsvSource({
        "unix:/run/smi.sock, /run/smi.sock",
        "unix:///run/smi.sock, /run/smi.sock",
        "unix:smi.sock, smi.sock",
        "UNIX:/a b?c#d, /a b?c#d",
    })
    void unixSockets(String from, Path socket) {
        RemoteAddress address = RemoteAddress.parse(from);
        assertThat(address.socket()).isEqualTo(socket);
        assertThat(address.name()).isEqualTo("unix:" + socket);
        assertThat(address.isTls()).isFalse();
    }

    @Test
    void nameAndPassword() {
        assertThat(RemoteAddress.parse("http://joe:p%40ss:word@host").userInfo())
                .isEqualTo("joe:p@ss:word");
        assertThat(RemoteAddress.parse("http://host").userInfo()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "ftp://host, the scheme 'ftp' is not known",
        "host:9090, this is no URL",
        "host, this is no URL",
        "http:host, this is no URL",
        "http:/host, this is no URL",
        "'http://a b', this is no URL",
        "/run/smi.sock, this is no URL",
        "http://, there is no host",
        "http:///smi, there is no host",
        "http://my_host:9090, the host is none",
        "http://host:0, ports go from 1 to 65535",
        "http://host:65536, ports go from 1 to 65535",
        "http://host?include=gpu, no ? and # may follow the path",
        "http://host/#top, no ? and # may follow the path",
        "unix:, there is no path",
        "unix://host/run/smi.sock, a Unix socket has no host",
    })
    void refused(String from, String reason) {
        assertThatThrownBy(() -> RemoteAddress.parse(from))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--from: '" + from + "': " + reason
                        + "; allowed are http://HOST[:PORT][/PREFIX], https://HOST[:PORT][/PREFIX] and unix:PATH");
    }

    @Test
    void emptyIsRefused() {
        assertThatThrownBy(() -> RemoteAddress.parse("")).hasMessageStartingWith("--from: '': this is no URL");
        assertThatThrownBy(() -> RemoteAddress.parse("unix:\0")).hasMessageContaining("this is no path");
    }

    /** Messages end up in logs. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://joe:s3cret@host?x",
                "ftp://joe:s3cret@host",
                "http://joe:s3cr@et@host:0",
                "http://joe:s3cret@a b"
            })
    void passwordsAreNotTold(String from) {
        assertThatThrownBy(() -> RemoteAddress.parse(from))
                .hasMessageContaining("joe:***@")
                .hasMessageNotContaining("s3cr");
    }
}

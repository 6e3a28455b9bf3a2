package io.smi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smi.core.process.CmdlineMode;
import io.smi.record.read.Speed;
import io.smi.schema.Section;
import io.smi.server.ServerOptions;
import io.smi.server.socket.SocketMode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.ParameterException;

class ApiOptionsTest {
    private static ApiOptions options(String... arguments) {
        return ApiOptions.of(Picocli.parser(ApiOptions.spec()).parseArgs(arguments), null);
    }

    @Test
    void withoutAnyItIsLoopbackEveryTwoSeconds() {
        ApiOptions options = options();
        ServerOptions server = options.server();
        assertThat(server.listen()).containsExactly(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9090));
        assertThat(server.socket()).isNull();
        assertThat(server.interval()).isEqualTo(Duration.ofSeconds(2));
        assertThat(server.include()).isEmpty();
        assertThat(server.streams()).isEqualTo(new ServerOptions.Streams(1024, null));
        assertThat(server.access()).isEqualTo(ServerOptions.Access.DEFAULTS);
        assertThat(options.cmdline()).isEqualTo(CmdlineMode.REDACTED);
    }

    @Test
    void aSocketAloneOpensNoPort() {
        ServerOptions server = options("--socket", "smi.sock").server();
        assertThat(server.listen()).isEmpty();
        assertThat(server.socket())
                .isEqualTo(new ServerOptions.UnixSocket(Path.of("smi.sock"), new SocketMode(0660), null));
    }

    @Test
    void aSocketThatWasHandedOverOpensNoPort() throws IOException {
        try (ServerSocketChannel inherited = ServerSocketChannel.open()) {
            ServerOptions server = ApiOptions.of(
                            Picocli.parser(ApiOptions.spec()).parseArgs(), inherited)
                    .server();
            assertThat(server.listen()).isEmpty();
            assertThat(server.inherited()).isSameAs(inherited);
        }
    }

    @Test
    void eachOptionArrives() {
        ServerOptions server = options(
                        "--listen",
                        "127.0.0.1:1",
                        "--listen",
                        "[::1]:2",
                        "--socket",
                        "s",
                        "--socket-mode",
                        "600",
                        "--socket-group",
                        "adm",
                        "--interval",
                        "500ms",
                        "--include",
                        "process",
                        "--sse-max-clients",
                        "7",
                        "--sse-max-age",
                        "1h",
                        "--allow-host",
                        "a.example",
                        "--allow-host",
                        "b",
                        "--cors-origin",
                        "null",
                        "--cors-origin",
                        "http://localhost:8000",
                        "--web.config.file",
                        "web.yml",
                        "--auth-token-file",
                        "token")
                .server();
        assertThat(server.listen())
                .extracting(InetSocketAddress::toString)
                .containsExactly("/127.0.0.1:1", "/[0:0:0:0:0:0:0:1]:2");
        assertThat(server.socket()).isEqualTo(new ServerOptions.UnixSocket(Path.of("s"), new SocketMode(0600), "adm"));
        assertThat(server.interval()).isEqualTo(Duration.ofMillis(500));
        assertThat(server.include()).containsExactly(Section.PROCESS);
        assertThat(server.streams()).isEqualTo(new ServerOptions.Streams(7, Duration.ofHours(1)));
        ServerOptions.Access access = server.access();
        assertThat(access.hosts()).containsExactly("a.example", "b");
        assertThat(access.origins()).containsExactly("null", "http://localhost:8000");
        assertThat(access.webConfig()).isEqualTo(Path.of("web.yml"));
        assertThat(access.tokenFile()).isEqualTo(Path.of("token"));
    }

    @ParameterizedTest
    @CsvSource({"1s, 10s, 800", "1s, 100ms, 100", "50ms, 2s, 40", "10s, 3s, 3000"})
    void aReaderIsOverBeforeTheNextTick(String interval, String timeout, long millis) {
        assertThat(options("--interval", interval, "--timeout", timeout).timeout())
                .isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void socketOptionsNeedASocket() {
        assertThatThrownBy(() -> options("--socket-group", "adm"))
                .isInstanceOf(ParameterException.class)
                .hasMessage("--socket-group goes with --socket");
    }

    @Test
    void withoutAnyItIsTheMachine() {
        assertThat(options().replay()).isNull();
    }

    @Test
    void aRecordingHasSeveralFilesASpeedAndALoop() {
        assertThat(options("--replay", "a.jsonl", "b.zst", "--listen", "127.0.0.1:0", "--replay", "c")
                        .replay())
                .isEqualTo(new ApiReplayOptions(
                        List.of(Path.of("a.jsonl"), Path.of("b.zst"), Path.of("c")), Speed.RECORDED, false));
        assertThat(options("--speed", "max", "--loop", "--replay", "a").replay())
                .isEqualTo(new ApiReplayOptions(List.of(Path.of("a")), Speed.MAX, true));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            --listen 9090                   | '--listen' (HOST:PORT): '9090' is not HOST:PORT, such as 127.0.0.1:9090
            --listen ::1:9090               | '::1:9090' is not HOST:PORT, such as 127.0.0.1:9090, [::1]:9090
            --listen :9090                  | ':9090' is not HOST:PORT
            --listen localhost:http         | 'localhost:http': the port 'http' is not a number from 0 to 65535
            --listen localhost:65536        | 'localhost:65536': the port '65536' is not a number from 0 to 65535
            --socket=                       | '--socket': '' is not a file's name
            --socket-mode 999 --socket s    | '--socket-mode': not an octal mode like 0660: 999
            --socket-mode 0600              | --socket-mode goes with --socket
            --interval 10ms                 | '--interval': '10ms' is not a number with ms, s, m or h from 50ms
            --interval 0                    | '--interval': '0' is not a number with ms, s, m or h from 50ms
            --include gpu,foo               | '--include': unknown section 'foo', known are gpu,cpu,memory,chassis,process
            --timeout 0                     | '--timeout': '0' is not a number with ms, s, m or h from 1ms
            --sse-max-clients -1            | '--sse-max-clients': '-1' is not a number from 0 to 100000
            --sse-max-age 1                 | '--sse-max-age': '1' is not a number with ms, s, m or h from 50ms
            --allow-host a/b                | '--allow-host' (NAME): not a host name: 'a/b'
            --allow-host *.example.com      | '--allow-host' (NAME): not a host name: '*.example.com'
            --cors-origin *                 | '--cors-origin' (ORIGIN): origin *: any page on the net could read
            --cors-origin localhost:8000    | '--cors-origin' (ORIGIN): not an origin: 'localhost:8000'; write it as
            --cors-origin http://a.example/ | '--cors-origin' (ORIGIN): not an origin: 'http://a.example/'; write it as
            --web.config.file=              | '--web.config.file': '' is not a file's name
            --auth-token-file=              | '--auth-token-file': '' is not a file's name
            --cmdline all                   | '--cmdline': unknown command line mode 'all', known are redacted
            --path.procfs /nope             | '--path.procfs': '/nope' is not a directory
            --path.sysfs /nope              | '--path.sysfs': '/nope' is not a directory
            --path.rootfs /nope             | '--path.rootfs': '/nope' is not a directory
            --replay                        | Missing required parameter for option '--replay'
            --replay=                       | '--replay' at index 0 (FILE): '' is not a file's name
            --replay -                      | '-' is standard input, which cannot be read twice; name a file
            --speed 0 --replay a            | '--speed': '0' is not max, or a number from 0.01 to 10000, such as 1 or 0.5
            --speed 10                      | --speed goes with --replay
            --loop                          | --loop goes with --replay
            --replay a --interval 1s        | --interval and --replay: a recording is read, not this machine
            --replay a --timeout 1s         | --timeout and --replay: a recording is read, not this machine
            --replay a --cmdline none       | --cmdline and --replay: a recording is read, not this machine
            --replay a --path.procfs /proc  | --path.procfs and --replay: a recording is read, not this machine
            --replay a --path.sysfs /sys    | --path.sysfs and --replay: a recording is read, not this machine
            --replay a --path.rootfs /      | --path.rootfs and --replay: a recording is read, not this machine
            --port 9090                     | unknown option '--port'
            localhost:9090                  | takes options only, not 'localhost:9090'
            """)
    void badInputIsOneLineThatSaysWhatIsAllowed(String line, String message) {
        Run run = Run.smi(("api " + line).split(" "));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("smi: ").contains(message).hasLineCount(1);
    }
}

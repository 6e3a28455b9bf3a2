package io.smi.cli;

import io.smi.core.Collector;
import io.smi.core.kernel.Roots;
import io.smi.core.live.Demand;
import io.smi.core.live.Feed;
import io.smi.core.live.LiveFrame;
import io.smi.core.live.Sampler;
import io.smi.core.process.CmdlineMode;
import io.smi.server.ServerOptions;
import io.smi.server.security.Cors;
import io.smi.server.security.HostGate;
import io.smi.server.socket.SocketMode;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/**
 * What {@code smi api} was asked for.
 *
 * @param timeout what each reader is given
 * @param replay the recording to serve; null for the machine
 */
record ApiOptions(
        ServerOptions server,
        Duration timeout,
        ReaderChoice reader,
        Roots roots,
        CmdlineMode cmdline,
        @Nullable ApiReplayOptions replay) {
    private static final String DEFAULT_ADDRESS = "127.0.0.1:9090";
    private static final int MOST_PORT = 65_535;
    private static final int MOST_CLIENTS = 100_000;

    static CommandSpec spec() {
        CommandSpec spec = Picocli.spec();
        listenOptions(spec);
        frameOptions(spec);
        accessOptions(spec);
        SourceOptions.add(spec);
        ApiReplayOptions.add(spec);
        SmiCommand.addCommon(spec);
        spec.usageMessage()
                .description("Serve frames over HTTP: /snapshot, /events (server-sent events), /metrics (Prometheus),"
                        + " and a live page at /.")
                .sortOptions(false)
                .footer(
                        "%nExamples:",
                        "  smi api                                on http://127.0.0.1:9090",
                        "  smi api --socket /run/smi/smi.sock     on a Unix socket only",
                        "  smi api --listen 0.0.0.0:9090 --web.config.file web.yml",
                        "  smi api --replay run.jsonl.zst --loop  a recording, without its machine",
                        "  curl -s localhost:9090/snapshot | jq .memory",
                        "  curl -N localhost:9090/events?include=gpu",
                        "%nGET /openapi.json describes every path. A socket from systemd is served too.",
                        "%nExit codes: 0 ended by a signal, 1 cannot listen or failed, 2 wrong usage");
        return spec;
    }

    private static void listenOptions(CommandSpec spec) {
        Picocli.values(
                spec,
                ApiOptions::address,
                "HOST:PORT",
                "TCP address to listen on (default " + DEFAULT_ADDRESS
                        + " without --socket), such as [::1]:9090; repeatable.",
                "--listen");
        Picocli.value(spec, Picocli::path, "PATH", "Unix socket to listen on.", "--socket");
        Picocli.value(
                spec,
                Picocli.checked(SocketMode::parse),
                "MODE",
                "Permissions of the socket (default 0660).",
                "--socket-mode");
        Picocli.value(spec, text -> text, "GROUP", "Group of the socket (default the process's).", "--socket-group");
    }

    private static void frameOptions(CommandSpec spec) {
        Picocli.value(
                spec, Durations.INTERVAL, "TIME", "Time between frames (default 2s, at least 50ms).", "--interval");
        SourceOptions.addSections(spec, "Sections to read and send always, beside gpu,cpu,memory,chassis.");
        SourceOptions.addTimeout(spec);
        Picocli.value(
                spec,
                new Counts(0, MOST_CLIENTS),
                "N",
                "Streams of /events at once (default 1024); more get 503.",
                "--sse-max-clients");
        Picocli.value(
                spec,
                Durations.INTERVAL,
                "TIME",
                "End each stream after that time, for its client to connect anew (default never).",
                "--sse-max-age");
    }

    /** Names the server's classes in lambdas only: the help of all commands is made without its jars. */
    private static void accessOptions(CommandSpec spec) {
        Picocli.values(
                spec,
                Picocli.checked(name -> HostGate.checked(name)),
                "NAME",
                "Accept this name in Host headers, beside this machine's own and IP addresses; repeatable.",
                "--allow-host");
        Picocli.values(
                spec,
                Picocli.checked(origin -> Cors.checked(origin)),
                "ORIGIN",
                "Let pages of this origin read what is served, such as http://localhost:8000; repeatable.",
                "--cors-origin");
        Picocli.value(
                spec,
                Picocli::path,
                "FILE",
                "TLS and users, in the format of Prometheus' exporters (exporter-toolkit).",
                "--web.config.file");
        Picocli.value(
                spec,
                Picocli::path,
                "FILE",
                "Bearer tokens, one a line: TCP clients need one of them.",
                "--auth-token-file");
    }

    /**
     * What was asked for.
     *
     * @param inherited a listening socket that was handed over, null for none
     */
    static ApiOptions of(ParseResult parsed, @Nullable ServerSocketChannel inherited) {
        ServerOptions.UnixSocket socket = socket(parsed);
        List<InetSocketAddress> listen = Picocli.chosen(parsed, "--listen", List.of());
        if (listen.isEmpty() && socket == null && inherited == null) {
            listen = List.of(address(DEFAULT_ADDRESS));
        }
        ServerOptions server = new ServerOptions(
                listen,
                socket,
                inherited,
                Picocli.chosen(parsed, "--interval", Duration.ofSeconds(2)),
                Picocli.chosen(parsed, "--include", Set.of()),
                new ServerOptions.Streams(
                        Picocli.chosen(parsed, "--sse-max-clients", ServerOptions.Streams.DEFAULTS.maxClients()),
                        Picocli.chosen(parsed, "--sse-max-age", null)),
                new ServerOptions.Access(
                        Picocli.chosen(parsed, "--allow-host", List.of()),
                        Picocli.chosen(parsed, "--cors-origin", List.of()),
                        Picocli.chosen(parsed, "--web.config.file", null),
                        Picocli.chosen(parsed, "--auth-token-file", null)));
        return new ApiOptions(
                server,
                SourceOptions.timeout(parsed, server.interval()),
                SourceOptions.reader(parsed),
                SourceOptions.roots(parsed),
                SourceOptions.cmdline(parsed),
                ApiReplayOptions.of(parsed));
    }

    private static ServerOptions.@Nullable UnixSocket socket(ParseResult parsed) {
        Path path = Picocli.chosen(parsed, "--socket", null);
        SocketMode mode = Picocli.chosen(parsed, "--socket-mode", SocketMode.DEFAULT);
        String group = Picocli.chosen(parsed, "--socket-group", null);
        for (String option : List.of("--socket-mode", "--socket-group")) {
            if (path == null && parsed.hasMatchedOption(option)) {
                throw new ParameterException(parsed.commandSpec().commandLine(), option + " goes with --socket");
            }
        }
        return path == null ? null : new ServerOptions.UnixSocket(path, mode, group);
    }

    /** Reads {@code host:port}; an IPv6 address stands in brackets. */
    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (bracketed) {
            host = host.substring(1, host.length() - 1);
        }
        if (host.isEmpty() || host.contains(":") != bracketed) {
            throw new TypeConversionException(
                    "'" + text + "' is not HOST:PORT, such as 127.0.0.1:9090, [::1]:9090 or 0.0.0.0:9090");
        }
        return new InetSocketAddress(host, port(text, text.substring(colon + 1)));
    }

    private static int port(String text, String port) {
        try {
            return new Counts(0, MOST_PORT).convert(port);
        } catch (TypeConversionException e) {
            throw new TypeConversionException("'" + text + "': the port " + e.getMessage());
        }
    }

    /** What reads the machine that the options name; see {@link Feed.Factory}. */
    Feed sampler(long firstSeq, Demand demand, Consumer<LiveFrame> publish, Consumer<Throwable> died) {
        Collector collector = new Collector(reader.live(roots, cmdline), firstSeq, timeout);
        return new Sampler(collector, server.interval(), demand, publish, died);
    }
}

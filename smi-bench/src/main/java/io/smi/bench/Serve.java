package io.smi.bench;

import io.smi.core.Collector;
import io.smi.core.Readers;
import io.smi.core.kernel.Roots;
import io.smi.core.live.Sampler;
import io.smi.core.process.CmdlineMode;
import io.smi.server.ServerOptions;
import io.smi.server.SmiServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What {@code smi api} runs, at intervals shorter than it allows, for {@code fanout.py}: {@code Serve PORT MILLISECONDS}.
 * It ends when it is killed.
 */
public final class Serve {
    private static final int MAX_CLIENTS = 20_000;

    private Serve() {}

    /** Starts the server. */
    public static void main(String[] args) throws IOException, InterruptedException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]));
        Duration interval = Duration.ofMillis(Long.parseLong(args[1]));
        ServerOptions options = new ServerOptions(
                List.of(address),
                null,
                null,
                interval,
                Set.of(),
                new ServerOptions.Streams(MAX_CLIENTS, null),
                ServerOptions.Access.DEFAULTS);
        SmiServer.start(
                (first, demand, publish, died) -> new Sampler(
                        new Collector(
                                Readers.linux(Roots.system(), CmdlineMode.REDACTED),
                                first,
                                interval.multipliedBy(4).dividedBy(5)),
                        interval,
                        demand,
                        publish,
                        died),
                options,
                "bench",
                System.err::println,
                Throwable::printStackTrace);
        Thread.currentThread().join();
    }
}

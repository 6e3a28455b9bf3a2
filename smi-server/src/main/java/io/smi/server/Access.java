package io.smi.server;

import io.smi.server.http.Gate;
import io.smi.server.http.Problem;
import io.smi.server.http.Router;
import io.smi.server.http.UnreadBodies;
import io.smi.server.security.Authentication;
import io.smi.server.security.BearerToken;
import io.smi.server.security.Cors;
import io.smi.server.security.HostGate;
import io.smi.server.security.RateLimit;
import io.smi.server.security.Refusal;
import io.smi.server.security.ResponseHeaders;
import io.smi.server.security.WebConfig;
import io.smi.server.socket.ClosedConnections;
import io.smi.server.socket.UnixAddresses;
import io.undertow.server.HttpHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** What stands between the sockets and the routes, in its order. */
record Access(
        ServerOptions options, WebConfig web, @Nullable BearerToken token) {
    private static final Refusal REFUSAL =
            (exchange, status, title, detail) -> new Problem(status, detail).send(exchange);

    /**
     * Reads the files that the options name.
     *
     * @throws IOException when one cannot be used
     */
    static Access of(ServerOptions options, Consumer<String> warnings) throws IOException {
        Path config = options.access().webConfig();
        Path token = options.access().tokenFile();
        Access access = new Access(
                options,
                config == null ? WebConfig.none() : WebConfig.read(config, warnings),
                token == null ? null : new BearerToken(token, warnings));
        access.warn(warnings);
        return access;
    }

    private void warn(Consumer<String> warnings) {
        if (options.access().origins().contains(Cors.NULL_ORIGIN)) {
            warnings.accept("--cors-origin null: every page that is opened from disk, and every sandboxed frame of any"
                    + " site, may read what is served");
        }
        if (token != null || web.authenticates()) {
            return;
        }
        for (InetSocketAddress address : options.listen()) {
            if (address.getAddress() != null && !address.getAddress().isLoopbackAddress()) {
                warnings.accept("--listen " + address.getHostString() + ":" + address.getPort()
                        + ": everyone who reaches this address can read what is served; see --web.config.file and"
                        + " --auth-token-file");
            }
        }
    }

    /** For the TCP listeners; null for plain HTTP. */
    @Nullable
    SSLContext tls() {
        return web.sslContext();
    }

    HttpHandler inFrontOf(Router router) throws IOException {
        HttpHandler known = new Authentication(router, web, token, router::isOpen, REFUSAL);
        HttpHandler bounded = new RateLimit(new Gate(known), web, REFUSAL);
        HttpHandler readable = new Cors(bounded, options.access().origins());
        HttpHandler meant = new HostGate(readable, hostNames(), REFUSAL);
        return new ClosedConnections(new UnreadBodies(new UnixAddresses(new ResponseHeaders(meant, web))));
    }

    /** IP addresses and localhost are known in any case. */
    private List<String> hostNames() throws IOException {
        List<String> names = new ArrayList<>(options.access().hosts());
        for (InetSocketAddress address : options.listen()) {
            String host = address.getHostString();
            if (!host.contains(":")) {
                names.add(host);
            }
        }
        Path hostname = Path.of("/proc/sys/kernel/hostname");
        if (Files.isReadable(hostname)) {
            names.add(Files.readString(hostname).strip());
        }
        return names;
    }
}

package io.smi.server.security;

import io.undertow.Undertow;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.HttpHandler;
import io.undertow.server.protocol.http.HttpOpenListener;
import io.undertow.util.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListener;
import org.xnio.IoUtils;
import org.xnio.Option;
import org.xnio.OptionMap;
import org.xnio.StreamConnection;
import org.xnio.channels.AcceptingChannel;

/** A real Undertow on a free port of 127.0.0.1 around the handlers under test. */
final class TestServer implements AutoCloseable {
    static final HttpHandler OK = exchange -> exchange.getResponseSender().send("ok");

    static final Refusal REFUSAL = (exchange, status, title, detail) -> {
        exchange.setStatusCode(status);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/problem+json");
        exchange.getResponseSender().send(title + ": " + detail);
    };

    private final Undertow undertow;
    private final @Nullable AcceptingChannel<StreamConnection> likeUnix;
    private final InetSocketAddress address;

    private TestServer(Undertow undertow, @Nullable HttpHandler likeUnixRoot) throws IOException {
        this.undertow = undertow;
        undertow.start();
        if (likeUnixRoot == null) {
            likeUnix = null;
            address = (InetSocketAddress) undertow.getListenerInfo().get(0).getAddress();
        } else {
            likeUnix = listenLikeUnix(likeUnixRoot);
            address = likeUnix.getLocalAddress(InetSocketAddress.class);
        }
    }

    static TestServer http(HttpHandler root) throws IOException {
        return new TestServer(builder(root).addHttpListener(0, "127.0.0.1").build(), null);
    }

    static TestServer https(HttpHandler root, SSLContext context) throws IOException {
        return new TestServer(
                builder(root).addHttpsListener(0, "127.0.0.1", context).build(), null);
    }

    /** Its connections say that they are of a Unix socket, as those of the real one do. */
    static TestServer likeUnix(HttpHandler root) throws IOException {
        return new TestServer(builder(root).build(), root);
    }

    private static Undertow.Builder builder(HttpHandler root) {
        return Undertow.builder().setIoThreads(1).setWorkerThreads(1).setHandler(root);
    }

    private AcceptingChannel<StreamConnection> listenLikeUnix(HttpHandler root) throws IOException {
        HttpOpenListener open = new HttpOpenListener(new DefaultByteBufferPool(false, 8192), OptionMap.EMPTY);
        open.setRootHandler(root);
        ChannelListener<AcceptingChannel<StreamConnection>> accept = channel -> {
            try {
                StreamConnection connection = channel.accept();
                if (connection != null) {
                    open.handleEvent(new LikeUnix(connection));
                }
            } catch (IOException e) {
                IoUtils.safeClose(channel);
            }
        };
        AcceptingChannel<StreamConnection> server = undertow.getWorker()
                .createStreamConnectionServer(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), accept, OptionMap.EMPTY);
        server.resumeAccepts();
        return server;
    }

    int port() {
        return address.getPort();
    }

    /** What comes back for a GET with these header lines, until the server closes. */
    String get(String path, String... headers) throws IOException {
        return send("GET", path, headers);
    }

    String send(String method, String path, String... headers) throws IOException {
        return raw(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n" + lines(headers) + "\r\n");
    }

    /** Sends exactly this, and asks for the end of the connection. */
    String raw(String request) throws IOException {
        String closing = request.replace(" HTTP/1.1\r\n", " HTTP/1.1\r\nConnection: close\r\n");
        try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(closing.getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static String lines(String... headers) {
        return headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
    }

    @Override
    public void close() {
        IoUtils.safeClose(likeUnix);
        undertow.stop();
    }

    private static final class LikeUnix extends StreamConnection {
        private final StreamConnection tcp;

        LikeUnix(StreamConnection tcp) {
            super(tcp.getIoThread());
            this.tcp = tcp;
            setSourceConduit(tcp.getSourceChannel().getConduit());
            setSinkConduit(tcp.getSinkChannel().getConduit());
        }

        @Override
        public SocketAddress getPeerAddress() {
            return UnixDomainSocketAddress.of("");
        }

        @Override
        public SocketAddress getLocalAddress() {
            return UnixDomainSocketAddress.of("/run/smi.sock");
        }

        @Override
        public boolean supportsOption(Option<?> option) {
            return tcp.supportsOption(option);
        }

        @Override
        public <T> @Nullable T getOption(Option<T> option) throws IOException {
            return tcp.getOption(option);
        }

        @Override
        protected void closeAction() throws IOException {
            tcp.close();
        }

        @Override
        protected void notifyReadClosed() {}

        @Override
        protected void notifyWriteClosed() {}
    }
}

package io.smi.record.remote;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A server that does with each connection what the test says, in their order, and hangs up on any more. */
final class FakeServer implements Closeable {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    static final String STREAM = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";

    /** What becomes of a connection whose request has been read; it is closed afterwards. */
    interface Script {
        void serve(Connection connection) throws IOException;
    }

    /** Waits for a connection. */
    private interface Listener {
        Connection accept() throws IOException;
    }

    private final Closeable socket;
    private final String from;
    private final Queue<Script> scripts = new ConcurrentLinkedQueue<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Queue<Closeable> accepted = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    private FakeServer(Closeable socket, Listener listener, String from, Script... scripts) {
        this.socket = socket;
        this.from = from;
        this.scripts.addAll(List.of(scripts));
        Thread.ofPlatform().daemon().start(() -> serve(listener));
    }

    static FakeServer tcp(Script... scripts) throws IOException {
        ServerSocket listener = new ServerSocket(0, 50, LOOPBACK);
        return new FakeServer(listener, streams(listener), "http://127.0.0.1:" + listener.getLocalPort(), scripts);
    }

    /** With the certificate of these tests, which is for 127.0.0.1; it can be reached at 127.0.0.2 too. */
    static FakeServer tls(Script... scripts) throws IOException, GeneralSecurityException {
        char[] password = "secret".toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = FakeServer.class.getResourceAsStream("server.p12")) {
            store.load(in, password);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        ServerSocket listener = context.getServerSocketFactory().createServerSocket(0);
        return new FakeServer(listener, streams(listener), "https://127.0.0.1:" + listener.getLocalPort(), scripts);
    }

    private static Listener streams(ServerSocket listener) {
        return () -> {
            Socket socket = listener.accept();
            return new Connection(socket.getInputStream(), socket.getOutputStream(), socket);
        };
    }

    static FakeServer unix(Path path, Script... scripts) throws IOException {
        ServerSocketChannel listener =
                ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(path));
        Listener channels = () -> {
            SocketChannel channel = listener.accept();
            return new Connection(Channels.newInputStream(channel), Channels.newOutputStream(channel), channel);
        };
        return new FakeServer(listener, channels, "unix:" + path, scripts);
    }

    /** As {@code --from} takes it. */
    String from() {
        return from;
    }

    /** The heads of the requests so far. */
    List<String> requests() {
        return requests;
    }

    private void serve(Listener listener) {
        while (!closed) {
            try (Connection connection = listener.accept()) {
                accepted.add(connection);
                serve(connection);
            } catch (IOException e) {
                // The client or the test has hung up.
            }
        }
    }

    private void serve(Connection connection) throws IOException {
        requests.add(connection.request());
        Script script = scripts.poll();
        if (script != null) {
            script.serve(connection);
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        socket.close();
        for (Closeable client : accepted) {
            client.close();
        }
    }

    /** One client. */
    static final class Connection implements Closeable {
        private final InputStream in;
        private final OutputStream out;
        private final Closeable socket;

        private Connection(InputStream in, OutputStream out, Closeable socket) {
            this.in = in;
            this.out = out;
            this.socket = socket;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }

        String request() throws IOException {
            StringBuilder head = new StringBuilder();
            for (int b = in.read(); b >= 0; b = in.read()) {
                head.append((char) b);
                if (head.indexOf("\r\n\r\n") >= 0) {
                    return head.toString();
                }
            }
            throw new EOFException(head.toString());
        }

        void send(String text) throws IOException {
            send(text.getBytes(StandardCharsets.UTF_8));
        }

        void send(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
        }

        /** Until the client hangs up. */
        void await() throws IOException {
            in.transferTo(OutputStream.nullOutputStream());
        }
    }
}

package io.smi.record.remote;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that does with each connection what the test says, in their order, and hangs up on any more. */
final class FakeServer implements Closeable {
    static final String STREAM = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";

    /** What becomes of a connection whose request has been read; it is closed afterwards. */
    interface Script {
        void serve(Connection connection) throws IOException;
    }

    private final ServerSocketChannel listener;
    private final String from;
    private final Queue<Script> scripts = new ConcurrentLinkedQueue<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Queue<SocketChannel> open = new ArrayDeque<>();

    private FakeServer(ServerSocketChannel listener, String from, List<Script> scripts) {
        this.listener = listener;
        this.from = from;
        this.scripts.addAll(scripts);
        Thread.ofPlatform().daemon().start(this::serve);
    }

    static FakeServer tcp(Script... scripts) throws IOException {
        ServerSocketChannel listener =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
        int port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
        return new FakeServer(listener, "http://127.0.0.1:" + port, List.of(scripts));
    }

    static FakeServer unix(Path socket, Script... scripts) throws IOException {
        ServerSocketChannel listener =
                ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket));
        return new FakeServer(listener, "unix:" + socket, List.of(scripts));
    }

    /** As {@code --from} takes it. */
    String from() {
        return from;
    }

    /** The heads of the requests so far. */
    List<String> requests() {
        return requests;
    }

    private void serve() {
        while (listener.isOpen()) {
            try (SocketChannel channel = listener.accept()) {
                synchronized (open) {
                    open.add(channel);
                }
                Connection connection = new Connection(channel);
                requests.add(connection.request());
                Script script = scripts.poll();
                if (script != null) {
                    script.serve(connection);
                }
            } catch (IOException e) {
                // The client or the test has hung up.
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        synchronized (open) {
            for (SocketChannel channel : open) {
                channel.close();
            }
        }
    }

    /** One client. */
    static final class Connection {
        private final SocketChannel channel;

        Connection(SocketChannel channel) {
            this.channel = channel;
        }

        String request() throws IOException {
            StringBuilder head = new StringBuilder();
            ByteBuffer one = ByteBuffer.allocate(1);
            while (head.indexOf("\r\n\r\n") < 0 && channel.read(one.clear()) > 0) {
                head.append((char) one.get(0));
            }
            return head.toString();
        }

        void send(String text) throws IOException {
            send(text.getBytes(StandardCharsets.UTF_8));
        }

        void send(byte[] bytes) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }

        /** Until the client hangs up. */
        void await() throws IOException {
            ByteBuffer rest = ByteBuffer.allocate(1024);
            while (channel.read(rest.clear()) >= 0) {
                // What it says does not matter.
            }
        }
    }
}

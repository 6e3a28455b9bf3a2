package io.smi.server.socket;

import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.net.BindException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A server in a process of its own. {@code ChildServer REPORT inherited} serves its standard input, {@code ChildServer
 * REPORT PATH} waits for a byte on it and binds that path with mode 0600. Either writes what became of it to the file
 * REPORT and serves until it is killed.
 */
final class ChildServer {
    private ChildServer() {}

    public static void main(String[] args) throws Exception {
        Path report = Path.of(args[0]);
        if (args[1].equals("inherited")) {
            ServerSocketChannel channel = InheritedSocket.channel();
            report(report, channel == null ? "none" : "serving");
            if (channel != null) {
                serve(channel);
            }
        } else if (System.in.read() >= 0) {
            try (SocketFile file = SocketFile.bind(Path.of(args[1]), new SocketMode(0600), null)) {
                report(report, "serving");
                serve(file.channel());
            } catch (BindException e) {
                report(report, String.valueOf(e.getMessage()));
            }
        }
    }

    private static void serve(ServerSocketChannel channel) throws Exception {
        try (TestServer server =
                new TestServer(channel, channel.getLocalAddress(), TestServer.LIMITS, ChildServer::answer)) {
            Thread.sleep(Duration.ofMinutes(2)); // if nobody kills it
            server.listener.stopAccepting();
        }
    }

    private static void answer(HttpServerExchange exchange) {
        exchange.getResponseSender()
                .send("hello from " + exchange.getSourceAddress().getHostString());
    }

    private static void report(Path file, String text) throws IOException {
        Path whole = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(whole, text);
        Files.move(whole, file);
    }

    /** The command that runs this class. */
    static List<String> command(Path report, String what) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                ChildServer.class.getName(),
                report.toString(),
                what);
    }

    /** What the child wrote, once it has. */
    static String awaitReport(Path report) throws IOException {
        Await.until(() -> Files.exists(report));
        return Files.readString(report);
    }
}

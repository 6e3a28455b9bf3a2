package io.smi.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.FutureTask;

/** Runs a server for {@link Training}: asks it for each of its paths, and ends it. */
final class ServerTraining {
    private static final List<String> REQUESTS = List.of(
            "/events?include=gpu,memory",
            "/snapshot",
            "/snapshot?include=cpu,process&pretty=1",
            "/snapshot?unknown",
            "/metrics",
            "/schema",
            "/openapi.json",
            "/health",
            "/ready",
            "/");

    private ServerTraining() {}

    static void run(String line) throws Exception {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                FileOutput.standard(),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                false,
                System.getenv());
        FutureTask<Integer> command = new FutureTask<>(() -> Training.run(console, line));
        Thread server = new Thread(command);
        server.start();
        int port = port(err, command);
        for (String request : REQUESTS) {
            ask(port, request);
        }
        server.interrupt();
        command.get();
    }

    private static int port(ByteArrayOutputStream err, FutureTask<Integer> command) throws Exception {
        while (true) {
            String said = err.toString(StandardCharsets.UTF_8);
            if (said.endsWith("\n")) {
                return Integer.parseInt(said.strip().substring(said.strip().lastIndexOf(':') + 1));
            }
            if (command.isDone()) {
                command.get();
            }
            Thread.sleep(1);
        }
    }

    /** Of an answer that never ends, some. */
    private static void ask(int port, String path) throws IOException {
        String request =
                "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[4096];
            for (int left = 16 * buffer.length, read = 0; read >= 0 && left > 0; left -= read) {
                read = in.read(buffer);
            }
        }
    }
}

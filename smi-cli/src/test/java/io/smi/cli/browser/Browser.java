package io.smi.cli.browser;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A headless Chromium of its own, with an empty profile, driven through {@link Tab}s. */
final class Browser {
    private static final Duration START = Duration.ofSeconds(60);

    private final Process process;
    private final Cdp cdp;

    private Browser(Process process, Cdp cdp) {
        this.process = process;
        this.cdp = cdp;
    }

    /**
     * Starts a browser that talks to nobody on its own.
     *
     * @param profile an empty folder
     */
    static Browser start(Path profile) throws Exception {
        List<String> command = List.of(
                "chromium",
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--no-first-run",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(profile.resolve("chromium.log").toFile());
        builder.environment().put("TMPDIR", profile.toString());
        Process process = builder.start();
        try {
            List<String> address = address(process, profile);
            return new Browser(process, new Cdp(URI.create("ws://127.0.0.1:" + address.get(0) + address.get(1))));
        } catch (Exception | AssertionError e) {
            end(process);
            throw e;
        }
    }

    /** The port, and the path of the browser's own target: Chromium writes both into its profile. */
    private static List<String> address(Process process, Path profile) throws Exception {
        Path file = profile.resolve("DevToolsActivePort");
        Instant deadline = Instant.now().plus(START);
        while (Instant.now().isBefore(deadline) && process.isAlive()) {
            if (Files.exists(file)) {
                List<String> lines = Files.readAllLines(file);
                if (lines.size() == 2) {
                    return lines;
                }
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        throw new AssertionError("Chromium does not start: " + Files.readString(profile.resolve("chromium.log")));
    }

    /** An empty tab with cookies and storage of its own. */
    Tab open() throws Exception {
        String context = cdp.send(null, "Target.createBrowserContext", Map.of())
                .get("browserContextId")
                .asString();
        String target = cdp.send(null, "Target.createTarget", Map.of("url", "about:blank", "browserContextId", context))
                .get("targetId")
                .asString();
        String session = cdp.send(null, "Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .get("sessionId")
                .asString();
        return new Tab(cdp, context, session);
    }

    void close() throws Exception {
        cdp.send(null, "Browser.close", Map.of());
        process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join();
        cdp.close();
        end(process);
    }

    /** Nothing of it may still write into the profile, which is about to be deleted. */
    private static void end(Process process) {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(one -> one.onExit().join());
    }
}

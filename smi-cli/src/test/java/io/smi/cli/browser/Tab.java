package io.smi.cli.browser;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One tab of a {@link Browser}: what is done to it, what it shows, asked for and complained about. */
final class Tab {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Cdp cdp;
    private final String context;
    private final String session;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private volatile Map<String, String> signIn = Map.of();

    Tab(Cdp cdp, String context, String session) throws Exception {
        this.cdp = cdp;
        this.context = context;
        this.session = session;
        cdp.listen(session, this::note);
        for (String domain : List.of("Page", "Runtime", "Network", "Log")) {
            command(domain + ".enable", Map.of());
        }
    }

    private void note(String event, JsonNode parameters) {
        switch (event) {
            case "Fetch.requestPaused" -> answer("Fetch.continueRequest", parameters, Map.of());
            case "Fetch.authRequired" ->
                answer("Fetch.continueWithAuth", parameters, Map.of("authChallengeResponse", signIn));
            case "Network.requestWillBeSent" ->
                requests.add(parameters.at("/request/url").asString());
            case "Runtime.exceptionThrown" ->
                complaints.add(parameters.get("exceptionDetails").toString());
            case "Log.entryAdded" -> complaints.add(parameters.get("entry").toString());
            case "Runtime.consoleAPICalled" ->
                complaints.add(parameters.get("args").toString());
            default -> {}
        }
    }

    /** Not on the thread that has brought the question: it also brings the answer to the answer. */
    private void answer(String method, JsonNode question, Map<String, ?> parameters) {
        Map<String, Object> all = new HashMap<>(parameters);
        all.put("requestId", question.get("requestId").asString());
        Thread.startVirtualThread(() -> {
            try {
                command(method, all);
            } catch (Exception e) {
                complaints.add(method + ": " + e);
            }
        });
    }

    /** What a person types into the browser's own dialog; without a user it is cancelled. */
    void signInAs(@Nullable String user, @Nullable String password) throws Exception {
        signIn = user == null || password == null
                ? Map.of("response", "CancelAuth")
                : Map.of("response", "ProvideCredentials", "username", user, "password", password);
        command("Fetch.enable", Map.of("handleAuthRequests", true));
    }

    JsonNode command(String method, Map<String, ?> parameters) throws Exception {
        return cdp.send(session, method, parameters);
    }

    void go(String url) throws Exception {
        command("Page.navigate", Map.of("url", url));
    }

    /** The value of a JavaScript expression; one that is a promise is waited for. */
    JsonNode evaluate(String expression) throws Exception {
        JsonNode result = command(
                "Runtime.evaluate",
                Map.of("expression", expression, "returnByValue", true, "awaitPromise", true, "userGesture", true));
        if (result.has("exceptionDetails")) {
            throw new AssertionError(expression + ": "
                    + result.at("/exceptionDetails/exception/description").asString(""));
        }
        return result.at("/result/value");
    }

    /** Waits until a JavaScript expression is true. It may fail while the page is still loading. */
    void await(String condition) throws Exception {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (!isTrue(condition)) {
            if (Instant.now().isAfter(deadline)) {
                throw new AssertionError(condition + " never held; the page says:\n"
                        + evaluate("document.body.innerText").asString() + "\n" + complaints);
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private boolean isTrue(String condition) throws Exception {
        return evaluate("(() => { try { return Boolean(" + condition + "); } catch { return false; } })()")
                .booleanValue(false);
    }

    /** The text of the first element that matches, once there is one. */
    String text(String selector) throws Exception {
        await("document.querySelector(" + quoted(selector) + ")");
        return evaluate("document.querySelector(" + quoted(selector) + ").textContent")
                .asString();
    }

    void awaitText(String selector, String text) throws Exception {
        await("document.querySelector(" + quoted(selector) + ").textContent === " + quoted(text));
    }

    void click(String selector) throws Exception {
        await("document.querySelector(" + quoted(selector) + ")");
        evaluate("document.querySelector(" + quoted(selector) + ").click()");
    }

    static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** Addresses that this tab asked for, but not those inside of the page ({@code data:}). */
    List<String> requests() {
        return requests.stream().filter(url -> !url.startsWith("data:")).toList();
    }

    /** Errors, warnings and whatever else the console shows. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    void resize(int width, int height) throws Exception {
        command(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    }

    void prefer(String colours) throws Exception {
        List<Map<String, String>> features = Stream.of(colours)
                .map(value -> Map.of("name", "prefers-color-scheme", "value", value))
                .toList();
        command("Emulation.setEmulatedMedia", Map.of("features", features));
    }

    /** A picture of the whole page, as PNG. */
    void screenshot(Path file) throws Exception {
        JsonNode picture = command("Page.captureScreenshot", Map.of("captureBeyondViewport", true));
        Files.write(file, Base64.getDecoder().decode(picture.get("data").asString()));
    }

    void close() throws Exception {
        cdp.send(null, "Target.disposeBrowserContext", Map.of("browserContextId", context));
    }
}

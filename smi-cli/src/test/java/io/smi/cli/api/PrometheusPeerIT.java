package io.smi.cli.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.smi.cli.Peers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A Prometheus server that scrapes the packaged one. */
@Tag("peer")
@Timeout(120)
class PrometheusPeerIT {
    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Set<String> types = ConcurrentHashMap.newKeySet();
    private ApiProcess smi;
    private HttpServer proxy;
    private Process prometheus;
    private String url;

    @BeforeEach
    void start() throws Exception {
        Peers.require("prometheus");
        smi = ApiProcess.start("--listen", "127.0.0.1:0", "--interval", "1s");
        proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.createContext("/", this::pass);
        proxy.start();
        String listen = "127.0.0.1:" + ApiProcess.freePort();
        url = "http://" + listen;
        Path config = folder.resolve("prometheus.yml");
        String target = "127.0.0.1:" + proxy.getAddress().getPort();
        Files.writeString(config, """
                global: {scrape_interval: 1s}
                scrape_configs:
                  - {job_name: openmetrics, static_configs: [targets: ['%1$s']], metrics_path: /openmetrics}
                  - {job_name: text, static_configs: [targets: ['%1$s']], metrics_path: /text}
                """.formatted(target));
        prometheus = new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=" + listen)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    @AfterEach
    void stop() throws IOException {
        if (prometheus != null) {
            prometheus.destroyForcibly().onExit().join();
            proxy.stop(0);
            smi.close();
        }
        client.shutdownNow();
    }

    /** Prometheus prefers OpenMetrics and cannot be told otherwise: {@code /text} asks for the older format in its place. */
    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            String accept = exchange.getRequestURI().getPath().equals("/text")
                    ? "text/plain"
                    : exchange.getRequestHeaders().getFirst("Accept");
            HttpResponse<byte[]> answer = client.send(
                    HttpRequest.newBuilder(URI.create(smi.url() + "/metrics"))
                            .header("Accept", accept)
                            .build(),
                    BodyHandlers.ofByteArray());
            String type = answer.headers().firstValue("Content-Type").orElseThrow();
            types.add(exchange.getRequestURI().getPath() + " " + type);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void bothFormatsAreScraped() throws Exception {
        for (String job : new String[] {"openmetrics", "text"}) {
            Await.until(job + " is up", () -> value("up{job='%s'}", job).equals("1"));
            JsonNode frame;
            try (Answer snapshot = Answer.get(smi.tcp(), "/snapshot")) {
                frame = JsonMapper.shared().readTree(snapshot.text());
            }
            assertThat(Double.parseDouble(value("smi_memory_total_bytes{job='%s'}", job)))
                    .isEqualTo(frame.at("/memory/0/total_bytes").asDouble());
            assertThat(value("count(smi_cpu_info{job='%s'})", job))
                    .isEqualTo(String.valueOf(frame.get("cpus").size()));
            assertThat(value("smi_build_info{job='%s'}", job)).isEqualTo("1");
            assertThat(value("min(smi_reader_success{job='%s'})", job)).isIn("0", "1");
        }
        assertThat(types)
                .hasSize(2)
                .anyMatch(type -> type.startsWith("/openmetrics application/openmetrics-text; version=1.0.0"))
                .anyMatch(type -> type.startsWith("/text text/plain; version=0.0.4"));
    }

    /** Of a query that has one answer; empty while it has none, or Prometheus is still starting. */
    private String value(String query, String job) throws Exception {
        String encoded = URLEncoder.encode(query.formatted(job), StandardCharsets.UTF_8);
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/api/v1/query?query=" + encoded))
                .build();
        try {
            String body = client.send(request, BodyHandlers.ofString()).body();
            return JsonMapper.shared()
                    .readTree(body)
                    .at("/data/result/0/value/1")
                    .asString("");
        } catch (IOException | JacksonException e) {
            assertThat(prometheus.isAlive())
                    .as(Files.readString(folder.resolve("log")))
                    .isTrue();
            return "";
        }
    }
}

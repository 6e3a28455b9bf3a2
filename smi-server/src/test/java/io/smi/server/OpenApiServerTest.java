package io.smi.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.smi.core.Collector;
import io.smi.core.Readers;
import io.smi.core.kernel.Roots;
import io.smi.core.live.Sampler;
import io.smi.core.process.CmdlineMode;
import io.smi.server.OpenApi.Parameter;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What {@code openapi.json} says, beside what a server answers. */
class OpenApiServerTest {
    private static final OpenApi API = OpenApi.read();
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    private static SmiServer server;

    @BeforeAll
    static void start() throws IOException {
        Duration interval = Duration.ofSeconds(1);
        server = SmiServer.start(
                (first, demand, publish, died) -> new Sampler(
                        new Collector(Readers.linux(Roots.system(), CmdlineMode.NONE), first, interval),
                        interval,
                        demand,
                        publish,
                        died),
                new ServerOptions(
                        List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                        null,
                        null,
                        interval,
                        Set.of(),
                        ServerOptions.Streams.DEFAULTS,
                        ServerOptions.Access.DEFAULTS),
                "test",
                warning -> {},
                fault -> {});
    }

    @AfterAll
    static void end() {
        server.close();
        CLIENT.shutdownNow();
    }

    static Set<String> paths() {
        return API.paths();
    }

    /** A path with a query that is not allowed, and the parameter that is to blame. */
    record Mistake(String path, String query, String parameter) {}

    static Stream<Mistake> mistakes() {
        return API.paths().stream().flatMap(path -> {
            List<Mistake> mistakes = new ArrayList<>();
            mistakes.add(new Mistake(path, "unheard=1", "unheard"));
            for (Parameter parameter : API.queryParameters(path)) {
                for (String value : refused(parameter.schema())) {
                    mistakes.add(new Mistake(path, query(parameter.name(), value), parameter.name()));
                }
                if (!mayBeRepeated(parameter)) {
                    String once = query(parameter.name(), text(parameter.example()));
                    mistakes.add(new Mistake(path, once + "&" + once, parameter.name()));
                }
            }
            return mistakes.stream();
        });
    }

    /** Values that the schema of a parameter does not allow. */
    private static List<String> refused(JsonNode schema) {
        JsonNode one = schema.path("items").isMissingNode() ? schema : resolved(schema.get("items"));
        List<String> values = new ArrayList<>();
        if (one.has("enum") || one.has("pattern")) {
            values.addAll(List.of("", "nonsense", "1,nonsense"));
        }
        if (one.has("minimum")) {
            values.addAll(List.of("", "nonsense", "-1", "NaN", "1e1"));
            values.add(one.get("minimum").decimalValue().movePointLeft(1).toPlainString());
            values.add(one.get("maximum").asInt() + 1 + "");
        }
        return values;
    }

    private static boolean mayBeRepeated(Parameter parameter) {
        return parameter.schema().get("type").asString().equals("array") && parameter.explode();
    }

    private static JsonNode resolved(JsonNode schema) {
        return schema.has("$ref") ? API.find(schema.get("$ref").asString()) : schema;
    }

    private static String text(JsonNode example) {
        return example.isArray() ? String.join(",", OpenApi.strings(example)) : example.asString();
    }

    private static String query(String name, String value) {
        return name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** Headers and the beginning of the body: a stream has no end. */
    private record Answer(int status, String contentType, String body, HttpResponse<?> response) {
        JsonNode json() {
            return OpenApi.JSON.readTree(body);
        }
    }

    private static Answer ask(String method, String pathAndQuery, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(server.addresses().get(0) + pathAndQuery))
                .timeout(PATIENCE)
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<InputStream> response = CLIENT.send(request.build(), BodyHandlers.ofInputStream());
        String contentType = response.headers().firstValue("content-type").orElse("");
        try (InputStream body = response.body()) {
            byte[] bytes = contentType.equals("text/event-stream") ? body.readNBytes(64) : body.readAllBytes();
            return new Answer(response.statusCode(), contentType, new String(bytes, StandardCharsets.UTF_8), response);
        }
    }

    @ParameterizedTest
    @MethodSource("paths")
    void everyPathAnswersAsDescribed(String path) throws Exception {
        awaitReady();
        Answer answer = ask("GET", path);
        assertThat(answer.status()).isEqualTo(200);
        JsonNode response = API.response(path, 200);
        assertThat(response.get("content").propertyNames()).contains(answer.contentType());
        assertThat(new TreeSet<>(response.get("headers").propertyNames()))
                .allMatch(name -> answer.response().headers().firstValue(name).isPresent());
        if (answer.contentType().endsWith("json")) {
            conforms(response.get("content").get(answer.contentType()).get("schema"), answer.json());
        }
    }

    @ParameterizedTest
    @MethodSource("paths")
    void everyExampleOfAParameterIsTaken(String path) throws Exception {
        awaitReady();
        for (Parameter parameter : API.queryParameters(path)) {
            Answer answer = ask("GET", path + "?" + query(parameter.name(), text(parameter.example())));
            assertThat(answer.status()).as(parameter.name()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeIsAProblemThatNamesTheParameter(Mistake mistake) throws Exception {
        Answer answer = ask("GET", mistake.path() + "?" + mistake.query());
        isProblem(answer, mistake.path(), 400);
        assertThat(answer.json().get("parameter").asString()).isEqualTo(mistake.parameter());
    }

    @Test
    void openMetricsIsAsDescribed() throws Exception {
        awaitReady();
        Answer answer = ask("GET", "/metrics", "Accept", "application/openmetrics-text");
        assertThat(API.response("/metrics", 200).get("content").propertyNames()).contains(answer.contentType());
        assertThat(answer.contentType()).startsWith("application/openmetrics-text");
    }

    @Test
    void otherMethodsAreProblems() throws Exception {
        Answer answer = ask("DELETE", "/snapshot");
        isProblem(answer, "/snapshot", 405);
        assertThat(answer.response().headers().firstValue("allow")).hasValue("GET, HEAD, OPTIONS");
    }

    @Test
    void otherPathsAreProblems() throws Exception {
        isProblem(ask("GET", "/snapshot/"), "/snapshot", 404);
    }

    @Test
    void whoTakesNoStreamGetsAProblem() throws Exception {
        isProblem(ask("GET", "/events", "Accept", "application/json"), "/events", 406);
    }

    @Test
    void tooLongAUriIsAProblem() throws Exception {
        isProblem(ask("GET", "/snapshot?" + "include=gpu&".repeat(200)), "/snapshot", 414);
    }

    @Test
    void tooManyHeadersAreAProblem() throws Exception {
        isProblem(ask("GET", "/snapshot", "X-Long", "a".repeat(9000)), "/snapshot", 431);
    }

    private static void isProblem(Answer answer, String path, int status) {
        assertThat(answer.status()).isEqualTo(status);
        JsonNode content = API.response(path, status).get("content");
        assertThat(content.propertyNames()).contains(answer.contentType());
        conforms(content.get(answer.contentType()).get("schema"), answer.json());
        assertThat(answer.json().get("status").asInt()).isEqualTo(status);
    }

    /** A reference inside a schema is resolved in the whole document. */
    private static void conforms(JsonNode schema, JsonNode value) {
        ObjectNode whole = (ObjectNode) schema.deepCopy();
        whole.set("components", API.document().get("components"));
        assertThat(REGISTRY.getSchema(whole).validate(value)).as("%s", value).isEmpty();
    }

    private static void awaitReady() throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (ask("GET", "/ready").status() != 200) {
            assertThat(System.nanoTime()).as("ready in time").isLessThan(end);
        }
    }
}

package io.smi.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.smi.core.Collector;
import io.smi.core.Readers;
import io.smi.core.kernel.Roots;
import io.smi.core.live.Demand;
import io.smi.core.live.Sampler;
import io.smi.core.process.CmdlineMode;
import io.smi.schema.Section;
import io.smi.server.http.Route;
import io.smi.server.routes.FrameSource;
import io.smi.server.routes.HealthRoute;
import io.smi.server.stream.FrameBus;
import io.smi.server.stream.Hub;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code openapi.json} itself, and beside the list of routes. */
class OpenApiTest {
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private final OpenApi api = OpenApi.read();

    @Test
    void holdsTheFramesSchemaAsItIsPublished() throws IOException {
        Golden.check("src/main/resources/io/smi/server/openapi.json", api.generated());
    }

    /** By the schema that the OpenAPI Initiative publishes; schemas inside are no concern of it. */
    @Test
    void isOpenApi31() throws IOException {
        Schema openApi;
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("openapi-3.1.schema.json"))) {
            openApi = REGISTRY.getSchema(in);
        }
        assertThat(openApi.validate(OpenApi.text(), InputFormat.JSON)).isEmpty();
        String mistaken = OpenApi.text().replace("\"in\": \"query\"", "\"in\": \"body\"");
        assertThat(openApi.validate(mistaken, InputFormat.JSON)).isNotEmpty();
    }

    @Test
    void itsSchemasAreJsonSchemas() {
        Schema metaschema = REGISTRY.getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()));
        for (JsonNode schema : api.document().findValues("schema")) {
            assertThat(metaschema.validate(schema)).as("%s", schema).isEmpty();
        }
        for (Map.Entry<String, JsonNode> schema :
                api.find("#/components/schemas").properties()) {
            assertThat(metaschema.validate(schema.getValue()))
                    .as(schema.getKey())
                    .isEmpty();
        }
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        List<String> references = api.document().findValuesAsString("$ref");
        assertThat(references).hasSizeGreaterThan(50).allMatch(reference -> reference.startsWith("#/"));
        assertThat(references).noneMatch(reference -> api.find(reference).isMissingNode());
    }

    @Test
    void itsSectionsAreThoseOfTheFrame() {
        assertThat(String.join(",", OpenApi.strings(api.find("#/components/schemas/Section/enum"))))
                .isEqualTo(Section.NAMES);
    }

    @Test
    void itsPathsAreTheRoutes() {
        assertThat(api.paths()).containsExactlyElementsOf(new TreeSet<>(routes().keySet()));
    }

    @Test
    void itsParametersAreThoseOfTheRoutes() {
        routes().forEach((path, route) -> assertThat(api.queryParameters(path))
                .as(path)
                .extracting(OpenApi.Parameter::name)
                .containsExactlyInAnyOrderElementsOf(route.parameters()));
    }

    @Test
    void itTellsWhatNeedsNoCredentials() {
        routes().forEach((path, route) -> {
            assertThat(api.isOpen(path)).as(path).isEqualTo(route.open());
            assertThat(api.get(path).get("responses").has("401")).as(path).isNotEqualTo(route.open());
        });
    }

    @Test
    void thePageForPeopleNamesEveryPathParameterAndStatus() throws IOException {
        String page = Files.readString(Path.of(System.getProperty("basedir", ""), "../docs/http.md"));
        for (String path : api.paths()) {
            List<String> names = new ArrayList<>(List.of("`" + path + "`"));
            api.queryParameters(path).forEach(parameter -> names.add("| `" + parameter.name() + "` |"));
            api.get(path).get("responses").propertyNames().stream()
                    .filter(status -> status.startsWith("4") || status.startsWith("5"))
                    .forEach(status -> names.add("| " + status + " |"));
            assertThat(page).contains(names);
        }
    }

    /** Nothing of them runs. */
    private static Map<String, Route> routes() {
        Duration interval = Duration.ofSeconds(1);
        FrameBus bus = new FrameBus(1);
        Demand demand = new Demand(Section.DEFAULTS, interval.toNanos());
        Collector collector = new Collector(Readers.linux(Roots.system(), CmdlineMode.NONE), 1, interval);
        Sampler sampler = new Sampler(collector, interval, demand, bus::publish, fault -> {});
        Hub hub = new Hub(bus, sampler, demand, interval, 1, null);
        FrameSource frames = new FrameSource(bus, sampler, demand, interval);
        return Routes.of(frames, hub, new HealthRoute(bus, sampler, hub, interval), frame -> {
                    throw new AssertionError("nobody asks");
                })
                .stream()
                .collect(Collectors.toMap(Route::path, route -> route, (one, other) -> one, TreeMap::new));
    }
}

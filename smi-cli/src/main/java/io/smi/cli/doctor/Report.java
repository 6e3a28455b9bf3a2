package io.smi.cli.doctor;

import io.smi.cli.text.Glyphs;
import io.smi.schema.JsonBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Results for people and for programs. */
public record Report(String version, Instant time, List<Result> results) {
    /** Of the keys of the JSON; they are only ever added to. */
    private static final int SCHEMA = 1;

    private static final int INDENT = 28;

    public Report {
        time = time.truncatedTo(ChronoUnit.MILLIS);
        results = List.copyOf(results);
    }

    /** How many ended so. */
    public long count(Status status) {
        return results.stream()
                .filter(result -> result.finding().status() == status)
                .count();
    }

    /** A line for each, and a last one. */
    public String text(boolean colours, boolean unicode) {
        StringBuilder text = new StringBuilder();
        for (Result result : results) {
            Finding finding = result.finding();
            String status = finding.status().name();
            text.append(colours ? coloured(finding.status(), status) : status).append("  ");
            text.append(result.id())
                    .append(" ".repeat(Math.max(2, INDENT - 6 - result.id().length())));
            text.append(Glyphs.printable(finding.message(), unicode)).append('\n');
            if (finding.fix() != null) {
                text.append(" ".repeat(INDENT))
                        .append("-> ")
                        .append(finding.fix())
                        .append('\n');
            }
        }
        return text.append('\n')
                .append(count(Status.PASS) + " passed, " + count(Status.WARN) + " with a warning, " + count(Status.FAIL)
                        + " failed, " + count(Status.SKIP) + " not on this machine\n")
                .toString();
    }

    private static String coloured(Status status, String text) {
        int colour = switch (status) {
            case PASS -> 32;
            case WARN -> 33;
            case FAIL -> 31;
            case SKIP -> 2;
        };
        return "\033[" + colour + "m" + text + "\033[0m";
    }

    /** As JSON. */
    public byte[] json() {
        JsonBuffer json = new JsonBuffer();
        json.startObject();
        json.name("schema");
        json.number(SCHEMA);
        json.name("version");
        json.string(version);
        json.name("timestamp");
        json.string(time.toString());
        json.name("summary");
        json.startObject();
        for (Status status : Status.values()) {
            json.name(status.toString());
            json.number(count(status));
        }
        json.endObject();
        json.name("checks");
        json.startArray();
        results.forEach(result -> write(result, json));
        json.endArray();
        json.endObject();
        return json.toBytes();
    }

    private static void write(Result result, JsonBuffer json) {
        json.startObject();
        json.name("id");
        json.string(result.id());
        json.name("title");
        json.string(result.title());
        json.name("status");
        json.string(result.finding().status().toString());
        json.name("message");
        json.string(result.finding().message());
        String fix = result.finding().fix();
        if (fix != null) {
            json.name("fix");
            json.string(fix);
        }
        json.name("duration_ms");
        json.number(Math.round(result.seconds() * 1e6) / 1e3);
        json.endObject();
    }
}

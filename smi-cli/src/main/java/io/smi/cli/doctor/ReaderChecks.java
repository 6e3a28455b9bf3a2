package io.smi.cli.doctor;

import io.smi.core.Problems.Problem;
import io.smi.core.ReaderOutcome;
import io.smi.core.gpu.Absent;
import io.smi.schema.EncodedFrame;
import io.smi.schema.ErrorKind;
import io.smi.schema.Section;
import io.smi.schema.SnapshotFrame;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the readers themselves tell: a line for each reader, for what is null of a device and why, and for each section. */
final class ReaderChecks {
    private static final Pattern KEY = Pattern.compile("\"([a-z0-9_]+)\":(null)?");

    private ReaderChecks() {}

    static List<Result> readers(Machine machine) {
        List<Result> results = new ArrayList<>();
        String fix = SystemChecks.permissionFix(machine);
        for (ReaderOutcome outcome : machine.outcomes()) {
            String title = "Reader " + outcome.reader() + " of "
                    + outcome.sections().stream().sorted().map(Section::label).collect(Collectors.joining(", "));
            results.add(new Result("reader." + outcome.reader(), title, reader(outcome, fix), outcome.seconds()));
        }
        return results;
    }

    private static Finding reader(ReaderOutcome outcome, String fix) {
        if (outcome.problems().isEmpty()) {
            return outcome.found() ? Finding.pass("read") : Finding.skip("not on this machine");
        }
        boolean denied = true;
        List<String> messages = new ArrayList<>();
        for (Problem problem : outcome.problems()) {
            denied &= problem.kind() == ErrorKind.DENIED;
            messages.add(problem.kind().label() + ": " + problem.message());
        }
        String message = String.join("; ", messages);
        return denied ? Finding.warn(message, fix) : Finding.fail(message, null);
    }

    /** A line for each device and cause. */
    static List<Result> devices(Machine machine) {
        Map<String, List<Absent>> groups = new LinkedHashMap<>();
        for (Absent absent : machine.absent()) {
            groups.computeIfAbsent(absent.device() + "." + word(absent.cause()), none -> new ArrayList<>())
                    .add(absent);
        }
        List<Result> results = new ArrayList<>();
        String fix = SystemChecks.permissionFix(machine);
        groups.forEach((id, group) -> {
            Absent first = group.getFirst();
            String title = "Null of " + first.device();
            results.add(new Result("absent." + id, title, absent(first.cause(), group, fix), 0));
        });
        return results;
    }

    private static String word(Absent.Cause cause) {
        return cause.name().toLowerCase(Locale.ROOT);
    }

    private static Finding absent(Absent.Cause cause, List<Absent> group, String fix) {
        String keys = group.stream()
                .map(absent -> (absent.key() == null ? "all of its own" : absent.key()) + " (" + absent.detail() + ")")
                .distinct()
                .collect(Collectors.joining(", "));
        String message = word(cause).replace('_', ' ') + ": " + keys;
        return switch (cause) {
            case NOT_SUPPORTED, ASLEEP -> Finding.pass(message);
            case DENIED -> Finding.warn(message, fix);
            case NO_LIBRARY -> Finding.warn(message, "install the vendor's library, or a newer one");
            case LOST, FAILED -> Finding.fail(message, "dmesg tells what the kernel saw");
        };
    }

    static List<Result> sections(Machine machine) {
        List<Result> results = new ArrayList<>();
        for (Section section : Section.values()) {
            List<ReaderOutcome> readers = machine.outcomes().stream()
                    .filter(outcome -> outcome.sections().contains(section))
                    .toList();
            Finding finding = readers.isEmpty()
                    ? Finding.skip("no reader on this platform")
                    : section(machine.frame(), section, readers);
            results.add(new Result("section." + section.label(), "Section " + section.label(), finding, 0));
        }
        return results;
    }

    private static Finding section(SnapshotFrame frame, Section section, List<ReaderOutcome> readers) {
        String json = new String(EncodedFrame.of(frame.only(Set.of(section))).bytes(), StandardCharsets.UTF_8);
        String rows = json.substring(json.indexOf("\"" + section.key() + "\":["));
        if (rows.startsWith("\"" + section.key() + "\":[]")) {
            boolean told =
                    readers.stream().anyMatch(reader -> !reader.problems().isEmpty());
            return Finding.skip(told ? "empty: its readers above tell why" : "none on this machine");
        }
        Map<String, Boolean> nulls = new LinkedHashMap<>();
        for (Matcher key = KEY.matcher(rows); key.find(); ) {
            nulls.merge(key.group(1), key.group(2) != null, Boolean::logicalAnd);
        }
        nulls.values().removeIf(isNull -> !isNull);
        return Finding.pass(
                nulls.isEmpty() ? "no key is null" : "null in all rows: " + String.join(", ", nulls.keySet()));
    }
}

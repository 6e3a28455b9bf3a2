package io.smi.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Each number about an accelerator in a machine's {@code expected.json} is what {@code sources.txt} beside it makes of the
 * machine's files, which knows nothing of the readers.
 *
 * <pre>
 * /gpus/0/power_watts = +sys/class/hwmon/hwmon3/energy1_input / 1000000
 * </pre>
 *
 * <p>On the left the number's JSON Pointer. On the right numbers and files with {@code + - * /} between them, taken from left
 * to right. A file is its first number in the second sample; with {@code :3} the one after three others; with {@code :name}
 * the one of the line {@code name:}; with {@code @u16:80} the two bytes at 80; with a plus before it what it grew by in the
 * second between the samples. {@code generation} makes of a PCIe link's GT/s its generation.
 */
class SourcesTest {
    /** Frames are rounded. */
    private static final Offset<Double> ROUNDING = within(0.0051);

    private static final Pattern ACCELERATOR = Pattern.compile("(/processes/\\d+)?/gpus/.*");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");

    @TempDir
    private Path folder;

    static List<Machine> machines() throws IOException {
        return Machine.all().stream()
                .filter(machine -> !numbers(machine).isEmpty())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("machines")
    void numbersAreThoseOfTheFiles(Machine machine) throws IOException {
        Map<String, Double> told = numbers(machine);
        Map<String, String> sources = sources(machine);
        assertThat(told.keySet()).isEqualTo(sources.keySet());

        FixtureTree tree = machine.unpack(folder);
        Map<String, Double> before = new HashMap<>();
        for (String word : String.join(" ", sources.values()).split(" ", -1)) {
            if (word.startsWith("+") && word.length() > 1) {
                before.put(word, number(word.substring(1), tree));
            }
        }
        machine.later(tree);
        for (Map.Entry<String, String> source : sources.entrySet()) {
            assertThat(told.get(source.getKey()))
                    .as("%s = %s", source.getKey(), source.getValue())
                    .isCloseTo(value(source.getValue(), before, tree), ROUNDING);
        }
    }

    /** All but their places in lists. */
    private static Map<String, Double> numbers(Machine machine) {
        Map<String, Double> numbers = new TreeMap<>();
        try (JsonParser json = new JsonFactory()
                .createParser(
                        ObjectReadContext.empty(),
                        machine.home().resolve("expected.json").toFile())) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                String path = token.isNumeric()
                        ? json.streamReadContext().pathAsPointer().toString()
                        : "";
                if (ACCELERATOR.matcher(path).matches() && !path.endsWith("/index")) {
                    numbers.put(path, json.getDoubleValue());
                }
            }
        }
        return numbers;
    }

    private static Map<String, String> sources(Machine machine) throws IOException {
        Map<String, String> sources = new TreeMap<>();
        for (String line : Files.readAllLines(machine.home().resolve("sources.txt"))) {
            if (!line.startsWith("#")) {
                String[] sides = line.split(" = ", -1);
                sources.put(sides[0], sides[1]);
            }
        }
        return sources;
    }

    private static double value(String source, Map<String, Double> before, FixtureTree tree) throws IOException {
        String[] words = source.split(" ", -1);
        double value = operand(words[0], before, tree);
        for (int i = 1; i < words.length; i += 2) {
            value = switch (words[i]) {
                case "+" -> value + operand(words[i + 1], before, tree);
                case "-" -> value - operand(words[i + 1], before, tree);
                case "*" -> value * operand(words[i + 1], before, tree);
                case "/" -> value / operand(words[i + 1], before, tree);
                case "generation" -> List.of(2.5, 5.0, 8.0, 16.0, 32.0, 64.0).indexOf(value) + 1;
                default -> throw new IllegalArgumentException(words[i] + " in: " + source);
            };
        }
        return value;
    }

    private static double operand(String word, Map<String, Double> before, FixtureTree tree) throws IOException {
        if (NUMBER.matcher(word).matches()) {
            return Double.parseDouble(word);
        }
        Double first = before.get(word);
        return first == null ? number(word, tree) : number(word.substring(1), tree) - first;
    }

    private static double number(String word, FixtureTree tree) throws IOException {
        Matcher parts = Pattern.compile("(.+?)(?:@u(\\d+):(\\d+)|:([a-z][^/]*)|:(\\d+))?")
                .matcher(word);
        if (!parts.matches()) {
            throw new IllegalArgumentException(word);
        }
        byte[] file = Files.readAllBytes(tree.file(parts.group(1)));
        if (parts.group(2) != null) {
            ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
            int at = Integer.parseInt(parts.group(3));
            return parts.group(2).equals("16") ? Short.toUnsignedInt(bytes.getShort(at)) : bytes.getLong(at);
        }
        String text = new String(file, StandardCharsets.ISO_8859_1);
        if (parts.group(4) != null) {
            text = text.lines()
                    .filter(line -> line.startsWith(parts.group(4) + ":"))
                    .findFirst()
                    .orElseThrow()
                    .substring(parts.group(4).length());
        }
        int others = parts.group(5) == null ? 0 : Integer.parseInt(parts.group(5));
        return NUMBER.matcher(text)
                .results()
                .skip(others)
                .map(MatchResult::group)
                .mapToDouble(Double::parseDouble)
                .findFirst()
                .orElseThrow();
    }
}

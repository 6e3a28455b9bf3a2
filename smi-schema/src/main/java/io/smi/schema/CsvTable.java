package io.smi.schema;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Frames as CSV (RFC 4180). A column is a dotted path of keys, such as {@code gpus.pcie.generation}. A row is an element of
 * the innermost array that a path leads through; what lies outside of it is repeated in each.
 *
 * <p>What is null is empty, an empty text is {@code ""}. A list of words is one text, with semicolons. A text that a
 * spreadsheet would take for a formula begins with an apostrophe. Everything else is spelled as in the frame's JSON.
 */
public final class CsvTable {
    private static final String END_OF_ROW = "\r\n";

    private final List<CsvColumn> columns;
    /** From each element to the array inside of it, outermost first. */
    private final List<CsvWalk> arrays;

    private CsvTable(List<CsvColumn> columns) {
        this.columns = List.copyOf(columns);
        CsvColumn innermost = Collections.max(columns, (a, b) -> Integer.compare(a.depth(), b.depth()));
        for (CsvColumn column : columns) {
            if (!innermost.arrays().subList(0, column.depth()).equals(column.arrays())) {
                throw new IllegalArgumentException("'" + column.path() + "' and '" + innermost.path()
                        + "' are of different arrays, and a row is an element of one");
            }
        }
        this.arrays = innermost.walks();
    }

    /**
     * The table of these columns.
     *
     * @param paths comma-separated
     * @throws IllegalArgumentException with a message for the user, when there is no such table
     */
    public static CsvTable of(String paths) {
        List<CsvColumn> columns = new ArrayList<>();
        for (String path : paths.split(",", -1)) {
            columns.add(CsvColumn.of(path.strip()));
        }
        return new CsvTable(columns);
    }

    /** The table of a section: whose it is and when, and every key that has one value in a row. */
    public static CsvTable of(Section section) {
        List<CsvColumn> columns = new ArrayList<>(List.of(CsvColumn.of("timestamp"), CsvColumn.of("hostname")));
        RecordComponent rows = Arrays.stream(SnapshotFrame.class.getRecordComponents())
                .filter(component -> RecordShape.nameOf(component).equals(section.key()))
                .findAny()
                .orElseThrow();
        ParameterizedType list = (ParameterizedType) rows.getGenericType();
        addAll(section.key(), (Class<?>) list.getActualTypeArguments()[0], columns);
        return new CsvTable(columns);
    }

    private static void addAll(String prefix, Class<?> type, List<CsvColumn> columns) {
        for (RecordComponent component : type.getRecordComponents()) {
            String path = prefix + "." + RecordShape.nameOf(component);
            switch (CsvColumn.kind(component)) {
                case VALUE -> columns.add(CsvColumn.of(path));
                case OBJECT -> addAll(path, component.getType(), columns);
                case ARRAY, MAP -> {}
            }
        }
    }

    /** The sections that the columns are of; none when they are all of the frame itself. */
    public Set<Section> sections() {
        TreeSet<Section> sections = new TreeSet<>();
        for (Section section : Section.values()) {
            if (columns.stream().anyMatch(column -> column.path().startsWith(section.key() + "."))) {
                sections.add(section);
            }
        }
        return Collections.unmodifiableSortedSet(sections);
    }

    /** The first line: the columns' paths. */
    public String header() {
        StringBuilder csv = new StringBuilder();
        for (CsvColumn column : columns) {
            csv.append(csv.isEmpty() ? "" : ",").append(field(column.path()));
        }
        return csv.append(END_OF_ROW).toString();
    }

    /** The rows of a frame, each a line with its end; nothing when it has none. */
    public String rows(SnapshotFrame frame) {
        StringBuilder csv = new StringBuilder();
        addRows(List.of(frame), csv);
        return csv.toString();
    }

    /**
     * @param inside the frame, then an element of each array, outermost first
     */
    private void addRows(List<Object> inside, StringBuilder csv) {
        if (inside.size() <= arrays.size()) {
            Object array = arrays.get(inside.size() - 1).from(inside.getLast());
            for (Object element : array instanceof List<?> elements ? elements : List.of()) {
                List<Object> further = new ArrayList<>(inside);
                further.add(element);
                addRows(further, csv);
            }
            return;
        }
        String separator = "";
        for (CsvColumn column : columns) {
            csv.append(separator).append(field(column.value(inside)));
            separator = ",";
        }
        csv.append(END_OF_ROW);
    }

    private static String field(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof Number number) {
            return number(number);
        }
        String text = value.toString();
        if (!text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0) {
            text = "'" + text;
        }
        boolean plain = !text.isEmpty() && text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    private static String number(Number number) {
        if (!(number instanceof Double)) {
            return number.toString();
        }
        JsonBuffer json = new JsonBuffer();
        json.number(number.doubleValue());
        return new String(json.toBytes(), StandardCharsets.US_ASCII);
    }
}

package io.smi.schema;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * How to read one record type from JSON, worked out from its components once. Only decoding pays for this reflection;
 * a one-shot snapshot, which only encodes, never loads this class.
 */
final class RecordShape {
    private static final ClassValue<RecordShape> SHAPES = new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
            return new RecordShape(type);
        }
    };

    private final Class<?> type;
    private final Map<String, Integer> places = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private final List<ValueReader> readers = new ArrayList<>();
    private final boolean[] required;
    private final MethodHandle constructor;

    private RecordShape(Class<?> type) {
        this.type = type;
        RecordComponent[] components = type.getRecordComponents();
        this.required = new boolean[components.length];
        for (int i = 0; i < components.length; i++) {
            String name = nameOf(components[i]);
            places.put(name, i);
            names.add(name);
            readers.add(reader(components[i].getGenericType()));
            required[i] = !components[i].getAnnotatedType().isAnnotationPresent(Nullable.class);
        }
        this.constructor = canonical(type, components);
    }

    static RecordShape of(Class<?> type) {
        return SHAPES.get(type);
    }

    /** The JSON name of a record component. */
    static String nameOf(RecordComponent component) {
        Key key = component.getAnnotation(Key.class);
        if (key != null && !key.name().isEmpty()) {
            return key.name();
        }
        return component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    /** Reads an object; the parser stands on its opening brace and ends on its closing one. */
    Object read(JsonParser parser) {
        expect(parser, JsonToken.START_OBJECT);
        boolean versioned = type != SnapshotFrame.class;
        @Nullable Object[] values = new @Nullable Object[names.size()];
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            Integer place = places.get(name);
            if (place != null && token != JsonToken.VALUE_NULL) {
                values[place] = readers.get(place).read(parser);
            } else {
                versioned |= isKnownVersion(name, parser);
                parser.skipChildren();
            }
        }
        if (!versioned) {
            throw new IllegalArgumentException("key schema is missing");
        }
        for (int i = 0; i < values.length; i++) {
            if (required[i] && values[i] == null) {
                throw new IllegalArgumentException("key " + names.get(i) + " is missing or null");
            }
        }
        return construct(values);
    }

    private static boolean isKnownVersion(String name, JsonParser parser) {
        if (!name.equals("schema")) {
            return false;
        }
        if (parser.getIntValue() != SnapshotFrame.SCHEMA) {
            throw new IllegalArgumentException("schema " + parser.getString() + " is not known, only 1");
        }
        return true;
    }

    private Object construct(@Nullable Object[] values) {
        try {
            return constructor.invokeExact(values);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("constructor of " + type, e);
        }
    }

    private static MethodHandle canonical(Class<?> type, RecordComponent[] components) {
        Class<?>[] parameters =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return MethodHandles.lookup()
                    .unreflectConstructor(type.getDeclaredConstructor(parameters))
                    .asSpreader(Object[].class, parameters.length)
                    .asType(MethodType.methodType(Object.class, Object[].class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("record " + type + " has a canonical constructor", e);
        }
    }

    /** Reads one value that is not null; the parser stands on its first token. */
    private interface ValueReader {
        @Nullable
        Object read(JsonParser parser);
    }

    private static ValueReader reader(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            ValueReader element = reader(arguments[arguments.length - 1]);
            return arguments.length == 1 ? parser -> list(parser, element) : parser -> map(parser, element);
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isRecord()) {
            return parser -> of(plain).read(parser);
        }
        if (plain.isEnum()) {
            return parser -> label(plain, string(parser));
        }
        return parser -> scalar(parser, plain);
    }

    private static Object scalar(JsonParser parser, Class<?> type) {
        if (type == String.class) {
            return string(parser);
        } else if (type == Instant.class) {
            return Instant.parse(string(parser));
        } else if (type == Long.class || type == long.class) {
            return parser.getLongValue();
        } else if (type == Integer.class) {
            return parser.getIntValue();
        } else if (type == Double.class) {
            return parser.getDoubleValue();
        } else if (type == Boolean.class) {
            return parser.getBooleanValue();
        }
        throw new IllegalStateException("no JSON form for " + type);
    }

    private static String string(JsonParser parser) {
        expect(parser, JsonToken.VALUE_STRING);
        return parser.getString();
    }

    private static void expect(JsonParser parser, JsonToken token) {
        if (parser.currentToken() != token) {
            throw new IllegalArgumentException(
                    "key " + parser.currentName() + ": expected " + token + ", found " + parser.currentToken());
        }
    }

    private static List<Object> list(JsonParser parser, ValueReader element) {
        expect(parser, JsonToken.START_ARRAY);
        List<Object> values = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            Object value = element.read(parser);
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    private static Map<String, Object> map(JsonParser parser, ValueReader element) {
        expect(parser, JsonToken.START_OBJECT);
        Map<String, Object> values = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            if (parser.nextToken() != JsonToken.VALUE_NULL) {
                Object value = element.read(parser);
                if (value != null) {
                    values.put(name, value);
                }
            }
        }
        return values;
    }

    /** The constant with this label; null for one that a later version of smi has added. */
    private static @Nullable Object label(Class<?> type, String label) {
        for (Object constant : type.getEnumConstants()) {
            if (((Label) constant).label().equals(label)) {
                return constant;
            }
        }
        return null;
    }
}

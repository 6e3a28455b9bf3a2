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
 *
 * <p>What does not fit is thrown as it comes up, by the parser or as an {@link IllegalArgumentException}, by this class
 * or by the record; {@link FrameDecoder} says where it happened.
 */
final class RecordShape {
    private static final ClassValue<RecordShape> SHAPES = new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
            return new RecordShape(type);
        }
    };

    private final Map<String, Integer> places = new HashMap<>();
    private final List<Field> fields = new ArrayList<>();
    private final MethodHandle constructor;

    private RecordShape(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        for (RecordComponent component : components) {
            Field field = new Field(
                    nameOf(component),
                    reader(component.getGenericType()),
                    !component.getAnnotatedType().isAnnotationPresent(Nullable.class));
            places.put(field.name, fields.size());
            fields.add(field);
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

    /**
     * Reads an object; the parser stands on its opening brace and ends on its closing one. Null when a key that must
     * have a value holds a word that only a later version knows: this version has no place for such a row.
     */
    @Nullable
    Object read(JsonParser parser, OtherKeys others) {
        expect(parser, JsonToken.START_OBJECT);
        @Nullable Object[] values = new @Nullable Object[fields.size()];
        boolean strange = false;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            Integer place = places.get(name);
            if (place == null) {
                others.read(name, parser);
            } else if (token != JsonToken.VALUE_NULL) {
                Field field = fields.get(place);
                values[place] = field.reader.read(parser);
                strange |= field.required && values[place] == null;
            }
        }
        if (strange) {
            return null;
        }
        for (int i = 0; i < values.length; i++) {
            if (fields.get(i).required && values[i] == null) {
                throw new IllegalArgumentException(fields.get(i).name + " is missing or null");
            }
        }
        return construct(values);
    }

    private Object construct(@Nullable Object[] values) {
        try {
            return constructor.invokeExact(values);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a record's constructor declares no exceptions", e);
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

    /** What becomes of keys that the record does not know; the parser stands on the value's first token. */
    interface OtherKeys {
        void read(String name, JsonParser parser);
    }

    private record Field(String name, ValueReader reader, boolean required) {}

    /** Reads one value that is not null; the parser stands on its first token. */
    private interface ValueReader {
        /** Null for a word that only a later version knows. */
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
            return parser -> of(plain).read(parser, (name, skipped) -> skipped.skipChildren());
        }
        if (plain.isEnum()) {
            return parser -> constant(plain, string(parser));
        }
        return parser -> scalar(parser, plain);
    }

    private static Object scalar(JsonParser parser, Class<?> type) {
        if (type == String.class) {
            return string(parser);
        } else if (type == Instant.class) {
            return Instant.parse(string(parser));
        } else if (type == Long.class || type == long.class) {
            expect(parser, JsonToken.VALUE_NUMBER_INT);
            return parser.getLongValue();
        } else if (type == Integer.class) {
            expect(parser, JsonToken.VALUE_NUMBER_INT);
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
            throw new IllegalArgumentException("expected " + token + ", found " + parser.currentToken());
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
            parser.nextToken();
            Object value = element.read(parser);
            if (value != null) {
                values.put(name, value);
            }
        }
        return values;
    }

    /** The constant with this label. Of a word that a later version has added: null, for errors the general kind. */
    private static @Nullable Object constant(Class<?> type, String label) {
        for (Object constant : type.getEnumConstants()) {
            if (((Label) constant).label().equals(label)) {
                return constant;
            }
        }
        return type == ErrorKind.class ? ErrorKind.FAILED : null;
    }
}

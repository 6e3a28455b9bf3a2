package io.smi.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a key of the frame means: the one description behind the Javadoc, the JSON Schema and {@code docs/schema.md}.
 *
 * <p>The JSON name is the component's name in snake case and the unit follows from its ending ({@code _bytes},
 * {@code _percent}, {@code _celsius} ...); both can be set here where that does not hold.
 *
 * <p>A key that is added to a record once the record is published must be nullable, for older recordings lack it.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Key {
    /** What it is, where it comes from, and when it is null if that is not simply "could not be read". */
    String value();

    /** The unit, where the name does not end in it. */
    String unit() default "";

    /** The JSON name, where it is not the component's name in snake case. */
    String name() default "";
}

package io.smi.schema;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Generates {@code <Record>Builder} at compile time, so that a reader names each of the many keys that it sets. */
@RecordBuilder.Template(
        options = @RecordBuilder.Options(addStaticBuilder = false, enableWither = false, enableGetters = false))
@Retention(RetentionPolicy.SOURCE)
@Target(ElementType.TYPE)
@interface Built {}

package io.smi.server.metrics;

import org.jspecify.annotations.Nullable;

/** One of several values of one kind, such as the share of one CPU mode; null when it is not known. */
record Reading(String name, @Nullable Number value) {}

package io.smi.core.process;

import org.jspecify.annotations.Nullable;

/**
 * What seldom changes while a process runs.
 *
 * @param user its effective user's name, or number
 * @param command its command line, as far as it may be told
 */
record ProcessFacts(
        @Nullable String user,
        @Nullable String command,
        @Nullable Cgroup cgroup) {}

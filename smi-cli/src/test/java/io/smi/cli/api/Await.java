package io.smi.cli.api;

import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Waits for what is to come, however loaded the machine is. */
final class Await {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Await() {}

    /** Waits until this is true. */
    static void until(String what, Callable<Boolean> condition) throws Exception {
        long start = System.nanoTime();
        while (!condition.call()) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                fail("not within %s: %s", PATIENCE, what);
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }
}

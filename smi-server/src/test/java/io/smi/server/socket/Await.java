package io.smi.server.socket;

import static org.assertj.core.api.Assertions.fail;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what is to come, however loaded the machine is. */
final class Await {
    private static final long SECONDS = 30;

    private Await() {}

    static void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + SECONDS * 1_000_000_000;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                fail("not within " + SECONDS + " s");
            }
            LockSupport.parkNanos(1_000_000);
        }
    }
}

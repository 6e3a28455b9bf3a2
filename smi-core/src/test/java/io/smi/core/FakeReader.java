package io.smi.core;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A reader that does what it is told, and counts its calls. */
class FakeReader implements Reader<Long> {
    private final AtomicInteger calls = new AtomicInteger();
    private int releases;
    private volatile Behaviour behaviour = problems -> 0L;

    /** What a call does. */
    interface Behaviour {
        @Nullable
        Long read(Problems problems) throws IOException;
    }

    /** Another one: a collector knows its readers by their classes. */
    static final class Second extends FakeReader {}

    @Override
    public @Nullable Long read(Problems problems) throws IOException {
        calls.incrementAndGet();
        return behaviour.read(problems);
    }

    /** Answers so from now on. */
    void gives(@Nullable Long value) {
        does(problems -> value);
    }

    /** Does this from now on. */
    void does(Behaviour what) {
        behaviour = what;
    }

    /** Hangs from now on; its calls end, with this value, when the latch is counted down. */
    CountDownLatch hangsThenGives(long value) {
        CountDownLatch latch = new CountDownLatch(1);
        does(problems -> {
            awaitForever(latch);
            return value;
        });
        return latch;
    }

    /** Like a call into the kernel that hangs, this cannot be interrupted. */
    private static void awaitForever(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                // hangs on
            }
        }
    }

    @Override
    public void release() {
        releases++;
    }

    /** How often it was told that nobody asks any more: by the collecting thread, which is the test's. */
    int releases() {
        return releases;
    }

    int calls() {
        return calls.get();
    }
}

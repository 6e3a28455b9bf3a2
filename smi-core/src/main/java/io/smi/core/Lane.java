package io.smi.core;

import io.smi.core.Readings.Timed;
import io.smi.schema.ErrorKind;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One source over time: at most one call of its reader at once, and its last reading. Used by the collecting thread
 * only; what the reader's thread makes reaches it through the future.
 */
final class Lane<T> {
    private final Source<T> source;
    private final LongSupplier nanoTime;
    private @Nullable Future<Result<T>> call;
    private boolean asked;
    private long startedNanos;
    private long tookNanos;
    private boolean success;
    private long timeouts;
    private long failures;
    private boolean hangs;
    private boolean hangReported;
    private @Nullable Problems answered;
    private List<Problems.Problem> told = List.of();
    private @Nullable Timed<T> last;
    private @Nullable Timed<T> beforeLast;

    /** What became of a call. */
    record Result<T>(@Nullable Timed<T> reading, Problems problems, long tookNanos) {}

    Lane(Source<T> source, LongSupplier nanoTime) {
        this.source = source;
        this.nanoTime = nanoTime;
    }

    Source<T> source() {
        return source;
    }

    /** Starts the reader, unless an earlier call of it still runs: one that hangs, or of a collection cut short. */
    void start(ReaderPool pool, long deadline) {
        Future<Result<T>> earlier = call;
        hangs = earlier != null && !earlier.isDone();
        if (!hangs) {
            hangReported = false;
            asked = true;
            startedNanos = nanoTime.getAsLong();
            call = started(pool, deadline);
        }
    }

    /** What the machine does not have is read without a thread; one that gets no thread fails like one that threw. */
    private Future<Result<T>> started(ReaderPool pool, long deadline) {
        if (!source.present()) {
            return CompletableFuture.completedFuture(new Result<>(null, new Problems(deadline), 0));
        }
        try {
            Reader<? extends T> reader = source.reader();
            return pool.start(() -> read(reader, deadline));
        } catch (OutOfMemoryError | RejectedExecutionException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private Result<T> read(Reader<? extends T> reader, long deadline) throws Exception {
        long start = nanoTime.getAsLong();
        Problems problems = new Problems(deadline);
        T value = reader.read(problems);
        long end = nanoTime.getAsLong();
        Timed<T> reading = value == null ? null : new Timed<>(value, end);
        return new Result<>(reading, problems, end - start);
    }

    /** Whether a call missed its deadline and has not come back. */
    boolean hangs() {
        Future<Result<T>> late = call;
        return hangs && late != null && !late.isDone();
    }

    /** Waits for what was started; a failure of any kind comes back as a problem. */
    List<Problems.Problem> finish(ReaderPool pool, long deadline) {
        answered = null;
        List<Problems.Problem> problems = awaited(pool, deadline);
        told = problems;
        success = true;
        for (Problems.Problem problem : problems) {
            success &= problem.kind() == ErrorKind.DENIED;
        }
        return problems;
    }

    private List<Problems.Problem> awaited(ReaderPool pool, long deadline) {
        Future<Result<T>> running = call;
        if (running == null) {
            return List.of();
        }
        if (hangs) {
            tookNanos = nanoTime.getAsLong() - startedNanos;
            return List.of(hang());
        }
        try {
            Result<T> result = pool.await(running, deadline);
            tookNanos = result.tookNanos();
            accept(result.reading());
            answered = result.problems();
            return answered.list();
        } catch (TimeoutException e) {
            hangs = true;
            timeouts++;
            tookNanos = nanoTime.getAsLong() - startedNanos;
            accept(null);
            return List.of(hang());
        } catch (ExecutionException e) {
            failures++;
            tookNanos = nanoTime.getAsLong() - startedNanos;
            accept(null);
            return List.of(problem(e.getCause() == null ? e : e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while collecting", e);
        }
    }

    /** Not asked this time: what it said earlier is too old for a rate, and what it keeps open is for nobody. */
    void skip() {
        last = null;
        beforeLast = null;
        if (call != null && call.isDone()) {
            call = null;
            Reader<? extends T> reader = source.made();
            if (reader != null) {
                reader.release();
            }
        }
    }

    /** How it did so far; null when it has never been asked. */
    @Nullable
    ReaderStats stats() {
        return asked ? new ReaderStats(source.name(), success, tookNanos / 1e9, timeouts, failures) : null;
    }

    /** What became of the last call; null when it has never been asked. */
    @Nullable
    ReaderOutcome outcome() {
        Object value = last == null ? null : last.value();
        boolean found = value != null && !(value instanceof Collection<?> rows && rows.isEmpty());
        return asked ? new ReaderOutcome(source.name(), source.sections(), found, tookNanos / 1e9, told) : null;
    }

    @Nullable
    Timed<T> last() {
        return last;
    }

    @Nullable
    Timed<T> beforeLast() {
        return beforeLast;
    }

    /** Notes that a frame has told of the hang, its own or of a part: the next one calls it stale. */
    void reported() {
        hangReported = hangs;
        if (answered != null) {
            answered.tell();
        }
    }

    private void accept(@Nullable Timed<T> reading) {
        beforeLast = last;
        last = reading;
    }

    private Problems.Problem hang() {
        return hangReported
                ? new Problems.Problem(ErrorKind.STALE, "an earlier call still hangs, not asked again")
                : new Problems.Problem(ErrorKind.TIMEOUT, "no answer by the deadline");
    }

    private static Problems.Problem problem(Throwable thrown) {
        ErrorKind kind = thrown instanceof AccessDeniedException ? ErrorKind.DENIED : ErrorKind.FAILED;
        String message = thrown instanceof IOException ? thrown.getMessage() : null;
        return new Problems.Problem(kind, message == null ? thrown.toString() : message);
    }
}

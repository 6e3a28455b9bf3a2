package io.smi.core.command;

import io.smi.core.Problems;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One question that a command answers, asked for frame after frame. A program that takes part of a second to start is run
 * once a second at the most: before that the answer, or the failure, stands. So the two samples of a one-shot frame
 * are one run, which lies before the window that processors are measured in.
 */
public final class Inquiry {
    /** Less than the usual interval of a second, so that each of its frames has an answer of its own. */
    private static final long STANDS_NANOS = Duration.ofMillis(900).toNanos();

    /** What has failed once is slow to fail again. */
    private static final long RESTS_NANOS = Duration.ofSeconds(10).toNanos();

    /** What it takes to end a program that is late. */
    private static final long MARGIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Command command;
    private final List<String> arguments;
    private final LongSupplier nanoTime;
    private long until;
    private @Nullable String answer;
    private @Nullable IOException failure;
    private Problems told = new Problems();

    /** A question to this command. */
    public Inquiry(Command command, String... arguments) {
        this(command, System::nanoTime, arguments);
    }

    Inquiry(Command command, LongSupplier nanoTime, String... arguments) {
        this.command = command;
        this.nanoTime = nanoTime;
        this.arguments = List.of(arguments);
    }

    /** What it prints; null when it failed, which is told. */
    public @Nullable String ask(Problems problems) {
        if ((answer == null && failure == null) || nanoTime.getAsLong() - until >= 0) {
            run(problems);
        }
        IOException why = failure;
        if (why != null) {
            tell(why, problems);
        }
        return answer;
    }

    private void run(Problems problems) {
        long begun = nanoTime.getAsLong();
        answer = null;
        failure = null;
        told = problems;
        try {
            answer = command.run(deadline(problems), arguments);
            until = begun + STANDS_NANOS;
        } catch (IOException e) {
            failure = e;
            until = nanoTime.getAsLong() + RESTS_NANOS;
        }
    }

    private static long deadline(Problems problems) {
        long left = problems.deadline() - System.nanoTime();
        return problems.deadline() - Math.min(MARGIN_NANOS, Math.max(0, left) / 2);
    }

    /** That it was late is news until a frame has told it. */
    private void tell(IOException why, Problems problems) {
        String message = String.valueOf(why.getMessage());
        if (!(why instanceof CommandLateException)) {
            problems.failed(message);
        } else if (told == problems || !told.isTold()) {
            problems.timeout(message);
            told = problems;
        } else {
            problems.stale(message + "; it is asked again after " + TimeUnit.NANOSECONDS.toSeconds(RESTS_NANOS) + " s");
        }
    }
}

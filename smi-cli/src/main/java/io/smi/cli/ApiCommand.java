package io.smi.cli;

import io.smi.cli.replay.Replay;
import io.smi.core.live.Feed;
import io.smi.server.ServerOptions;
import io.smi.server.SmiServer;
import io.smi.server.socket.InheritedSocket;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code smi api}: serves frames over HTTP until a signal ends it. */
final class ApiCommand implements SmiCommand.Command {
    @Override
    public CommandSpec spec() {
        return ApiOptions.spec();
    }

    @Override
    public int run(ParseResult parsed, Console console) {
        ServerLog.to(console);
        ApiOptions options;
        try {
            options = ApiOptions.of(parsed, InheritedSocket.channel());
        } catch (IOException e) {
            console.complain("cannot use the socket on standard input: " + e.getMessage());
            return ExitCode.FAILED;
        }
        CompletableFuture<Integer> exitCode = new CompletableFuture<>();
        try (SmiServer server = start(options, console, exitCode)) {
            return serve(server, console, exitCode);
        } catch (IOException e) {
            console.complain(String.valueOf(e.getMessage()));
            return ExitCode.FAILED;
        } catch (IllegalArgumentException e) {
            console.complain(String.valueOf(e.getMessage()));
            return ExitCode.USAGE;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            return ExitCode.OK;
        }
    }

    /** Of this machine, or of a recording, which is looked at before a port is opened. */
    private static SmiServer start(ApiOptions options, Console console, CompletableFuture<Integer> exitCode)
            throws IOException {
        Feed.Factory feeds = options::sampler;
        ServerOptions server = options.server();
        ApiReplayOptions recorded = options.replay();
        if (recorded != null) {
            Replay replay = recorded.open(console::complain);
            feeds = replay::feed;
            server = server.every(replay.interval());
        }
        return SmiServer.start(feeds, server, SmiCommand.version(), console::complain, fault -> {
            console.complain("nothing can be read any more: " + reason(fault));
            exitCode.complete(ExitCode.FAILED);
        });
    }

    /** A file that cannot be read says itself why. */
    private static String reason(Throwable fault) {
        return fault instanceof IOException && fault.getMessage() != null ? fault.getMessage() : fault.toString();
    }

    /**
     * SIGINT, SIGTERM and SIGHUP run the shutdown hooks, after which the JVM would end as if killed: this one ends it
     * first. Nothing else runs them, for every command ends by {@code halt}.
     */
    private static int serve(SmiServer server, Console console, CompletableFuture<Integer> exitCode)
            throws InterruptedException, ExecutionException {
        Runtime runtime = Runtime.getRuntime();
        Thread end = new Thread(
                () -> {
                    server.close();
                    runtime.halt(ExitCode.OK);
                },
                "smi-end");
        runtime.addShutdownHook(end);
        try {
            console.complain("serving on " + String.join(", ", server.addresses()));
            return exitCode.get();
        } finally {
            runtime.removeShutdownHook(end);
        }
    }
}

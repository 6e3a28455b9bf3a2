package io.smi.cli;

import io.smi.server.SmiServer;
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
        ApiOptions options = ApiOptions.of(parsed);
        ServerLog.to(console);
        CompletableFuture<Integer> exitCode = new CompletableFuture<>();
        try (SmiServer server = SmiServer.start(options::collector, options.server(), console::complain, fault -> {
            console.complain("nothing can be read any more: " + fault);
            exitCode.complete(ExitCode.FAILED);
        })) {
            endWithSignals(server);
            console.complain("serving on " + String.join(", ", server.addresses()));
            return exitCode.get();
        } catch (IOException e) {
            console.complain(String.valueOf(e.getMessage()));
            return ExitCode.FAILED;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            return ExitCode.OK;
        }
    }

    /**
     * SIGINT, SIGTERM and SIGHUP run the shutdown hooks, after which the JVM would end as if killed: this one ends it
     * first. Nothing else runs them, for every command ends by {@code halt}.
     */
    private static void endWithSignals(SmiServer server) {
        Runtime runtime = Runtime.getRuntime();
        runtime.addShutdownHook(new Thread(
                () -> {
                    server.close();
                    runtime.halt(ExitCode.OK);
                },
                "smi-end"));
    }
}

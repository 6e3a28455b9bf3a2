package io.smi.cli;

import io.smi.cli.SmiCommand.Command;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The program's entry: finds the command, and turns whatever happens into an exit code and at most one line. */
public final class Main {
    private Main() {}

    /**
     * Runs one command line and ends the process with its exit code. By {@code halt}: nothing waits for a shutdown
     * hook, and {@link System#exit} first looks for a logger to tell it to, which takes 10 ms.
     */
    public static void main(String[] args) {
        Runtime.getRuntime().halt(run(console(Boolean.getBoolean("smi.stdout.tty")), args));
    }

    /** The process's own standard streams; whether stdout is a terminal is what the launcher tells. */
    static Console console(boolean terminal) {
        return new Console(new FileOutputStream(FileDescriptor.out), System.err, terminal, System::getenv);
    }

    /** Runs one command line; the exit code is one of {@link ExitCode}. */
    static int run(Console console, String... args) {
        // Only the command that is asked for is built: describing all of them to picocli takes longer than a snapshot.
        Command command = args.length == 0 ? null : SmiCommand.find(args[0]);
        if (command == null) {
            return args.length == 0 || args[0].startsWith("-") ? runRoot(console, args) : unknown(console, args[0]);
        }
        CommandSpec spec = command.spec();
        spec.name("smi " + args[0]);
        return run(console, command, Picocli.parser(spec), Arrays.copyOfRange(args, 1, args.length));
    }

    private static int unknown(Console console, String name) {
        console.complain("unknown command '" + name + "', known are " + String.join(", ", SmiCommand.names()));
        return ExitCode.USAGE;
    }

    private static int runRoot(Console console, String... args) {
        CommandLine root = Picocli.parser(SmiCommand.root());
        try {
            ParseResult parsed = root.parseArgs(args);
            if (parsed.isVersionHelpRequested()) {
                console.print("smi " + SmiCommand.version() + "\n");
                return ExitCode.OK;
            }
            String usage = root.getUsageMessage(ansi(console));
            if (parsed.isUsageHelpRequested()) {
                console.print(usage);
                return ExitCode.OK;
            }
            console.err().print(usage);
            return ExitCode.USAGE;
        } catch (ParameterException e) {
            return usageError(console, e);
        } catch (IOException e) {
            return console.writeFailed(e);
        }
    }

    private static int run(Console console, Command command, CommandLine line, String... args) {
        try {
            ParseResult parsed = line.parseArgs(args);
            if (parsed.isUsageHelpRequested()) {
                console.print(line.getUsageMessage(ansi(console)));
                return ExitCode.OK;
            }
            return command.run(parsed, console);
        } catch (ParameterException e) {
            return usageError(console, e);
        } catch (IOException e) {
            return console.writeFailed(e);
        }
    }

    private static int usageError(Console console, ParameterException e) {
        String command = e.getCommandLine().getCommandSpec().name();
        console.complain(e.getMessage() + " (see '" + command + " --help')");
        return ExitCode.USAGE;
    }

    private static Ansi ansi(Console console) {
        return console.colours() ? Ansi.ON : Ansi.OFF;
    }
}

package io.smi.cli;

import io.smi.cli.SmiCommand.Command;
import java.io.IOException;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program's entry: finds the command, and turns whatever happens into an exit code and at most one line. */
public final class Main {
    private Main() {}

    /**
     * Runs one command line and ends the process with its exit code. By {@code halt}: nothing waits for a shutdown
     * hook, and {@link System#exit} first looks for a logger to tell it to, which takes 10 ms.
     */
    public static void main(String[] args) {
        Runtime.getRuntime()
                .halt(run(console(Boolean.getBoolean("smi.stdout.tty"), Boolean.getBoolean("smi.stderr.tty")), args));
    }

    /** The process's own standard streams; which of them are terminals is what the launcher tells. */
    static Console console(boolean outIsTerminal, boolean errIsTerminal) {
        return new Console(FileOutput.standard(), System.err, outIsTerminal, errIsTerminal, System.getenv());
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
        return run(console, args[0], command, Picocli.parser(spec), Arrays.copyOfRange(args, 1, args.length));
    }

    private static int unknown(Console console, String name) {
        console.complain("unknown command '" + name + "', known are " + String.join(", ", SmiCommand.names()));
        return ExitCode.USAGE;
    }

    private static int runRoot(Console console, String... args) {
        CommandLine root = Picocli.parser(SmiCommand.root());
        return guarded(console, () -> {
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
        });
    }

    private static int run(Console console, String name, Command command, CommandLine line, String... args) {
        return guarded(console, () -> {
            ParseResult parsed = line.parseArgs(args);
            if (parsed.isUsageHelpRequested()) {
                console.print(line.getUsageMessage(ansi(console)));
                return ExitCode.OK;
            }
            Settings.apply(name, parsed, console);
            return command.run(parsed, console);
        });
    }

    /** Some work that ends with an exit code, or throws. */
    private interface Work {
        int run() throws IOException;
    }

    private static int guarded(Console console, Work work) {
        try {
            return work.run();
        } catch (UnmatchedArgumentException e) {
            String argument = e.getUnmatched().get(0);
            String what = argument.startsWith("-") ? "unknown option '" : "takes options only, not '";
            console.complain(what + argument + "'" + seeHelp(e));
            return ExitCode.USAGE;
        } catch (ParameterException e) {
            console.complain(e.getMessage() + seeHelp(e));
            return ExitCode.USAGE;
        } catch (ClosedPipeException e) {
            return ExitCode.CLOSED_PIPE;
        } catch (IOException e) {
            console.complain("cannot write: " + e.getMessage());
            return ExitCode.FAILED;
        } catch (RuntimeException e) {
            console.complain("failed, which is a mistake in smi: " + e);
            return ExitCode.FAILED;
        }
    }

    private static String seeHelp(ParameterException e) {
        return " (see '" + e.getCommandLine().getCommandSpec().name() + " --help')";
    }

    private static Ansi ansi(Console console) {
        return console.colours() ? Ansi.ON : Ansi.OFF;
    }
}

package io.smi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    @Test
    void helpNamesEveryCommandAndGoesToStdout() {
        Run run = Run.smi("--help");
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains(SmiCommand.names());
        assertThat(run.err()).isEmpty();
    }

    @Test
    void noCommandIsWrongUsageAndShowsTheHelp() {
        Run run = Run.smi();
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("Usage: smi");
    }

    @ParameterizedTest
    @ValueSource(strings = {"snapshot", "record", "replay", "api", "schema", "doctor", "config", "completion"})
    void everyCommandHasHelpWithExamples(String command) {
        Run run = Run.smi(command, "--help");
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .startsWith("Usage: smi " + command)
                .contains("Example")
                .contains("  smi " + command);
        assertThat(run.out().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
    }

    @Test
    void versionIsOneLine() {
        assertThat(Run.smi("--version").out()).matches("smi \\S+\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            snapsho                           | unknown command 'snapsho', known are snapshot, record, replay, api, schema, doctor, config, completion
            --bogus                           | unknown option '--bogus'
            snapshot --bogus                  | unknown option '--bogus'
            snapshot extra                    | takes options only, not 'extra'
            snapshot @pom.xml                 | takes options only, not '@pom.xml'
            snapshot --json=false             | --json
            snapshot -o=                      | '--output': '' is not a file's name
            snapshot --include gpu,foo        | '--include': unknown section 'foo', known are gpu,cpu,memory,chassis,process
            snapshot --include=               | '--include': unknown section ''
            snapshot --samples 0              | '--samples': '0' is not a number from 1 to 2147483647
            snapshot --samples many           | '--samples': 'many' is not a number from 1 to 2147483647
            snapshot --interval 10ms          | '--interval': '10ms' is not a number with ms, s, m or h from 50ms
            snapshot --window 1               | '--window': '1' is not 0, or a number with ms, s, m or h
            snapshot --timeout 0              | '--timeout': '0' is not a number with ms, s, m or h from 1ms
            snapshot --format xml             | '--format': 'xml' is not one of table, json, jsonl, csv, prometheus
            snapshot --json --format table    | --format table and --json, which is --format json
            snapshot --pretty                 | --pretty goes with --format json and --samples 1, not with table and 1
            snapshot --json --pretty --samples 2 | not with json and 2
            snapshot --json --format prometheus | --format prometheus and --json, which is --format json
            snapshot --format prometheus --pretty | --pretty goes with --format json and --samples 1, not with prometheus
            snapshot --format prometheus --samples 2 | --format prometheus goes with --samples 1, not with 2
            snapshot --format csv             | --format csv needs one section, such as --include gpu, or columns: --query PATHS
            snapshot --format csv --include gpu,cpu | --format csv needs one section, such as --include gpu, or columns: --query PATHS
            snapshot --format csv --query gpu.uuid | '--query': unknown 'gpu' in 'gpu.uuid', known are seq, timestamp
            snapshot --format csv --query gpus.uuid --include cpu | --query has columns of a section that --include leaves out
            snapshot --json --query gpus.uuid | --query goes with --format csv, not with json
            snapshot --query gpus.uuid        | --query goes with --format csv, not with table
            snapshot --format csv --pretty --include gpu | --pretty goes with --format json and --samples 1, not with csv
            completion                        | SHELL: '' is not one of bash, zsh, fish
            completion bash zsh               | SHELL: 'bash zsh' is not one of bash, zsh, fish
            completion tcsh                   | SHELL: 'tcsh' is not one of bash, zsh, fish
            snapshot --reader wmi             | '--reader': 'wmi' is not one of auto, linux, oshi
            snapshot --path.procfs /nope      | '--path.procfs': '/nope' is not a directory
            snapshot --cmdline all            | '--cmdline': unknown command line mode 'all', known are redacted
            record                            | record needs -o, such as -o run.jsonl.zst
            record -o=                        | '--output': '' is not a file's name
            record -o run.txt                 | -o 'run.txt' does not end in one of .jsonl, .ndjson, .gz, .zst
            record -o {x}.zst                 | -o '{x}' in '{x}.zst' is not one of {host}, {date}, {time}
            record -o a.zst --interval 0      | '--interval': '0' is not a number with ms, s, m or h from 50ms
            record -o a.zst --duration 0      | '--duration': '0' is not a number with ms, s, m or h from 1ms
            record -o a.zst --fsync 1         | '--fsync': '1' is not 0, or a number with ms, s, m or h
            record -o a.zst --level 20        | '--level': '20' is not a number from 1 to 19
            record -o a.gz --level 10         | --level 10 goes with .zst, .gz has 1 to 9
            record -o a.jsonl --level 3       | --level goes with .gz and .zst
            record -o a.zst --append --force  | --append and --force exclude each other
            record -o a.zst --rotate-size 100 | '--rotate-size': '100' is not a number with K, M or G from 64K
            record -o a.zst --rotate-size 1K  | '--rotate-size': '1K' is not a number with K, M or G from 64K
            record -o a.zst --rotate-every 500ms | '--rotate-every': '500ms' is not a number with s, m or h from 1s
            record -o a.zst --keep 0          | '--keep': '0' is not a number from 1
            record -o a.zst --keep 3          | --keep goes with --rotate-size or --rotate-every
            record -o a.zst --append --rotate-size 1M | --append goes with one file: with --rotate-size, --rotate-every or {time}
            record -o {time}.zst --force      | --force goes with one file: with --rotate-size, --rotate-every or {time}
            record -o - --append              | --append goes with a file, not with -o -
            record -o - --keep 3              | --keep goes with a file, not with -o -
            record -o - --ca-file ca.pem      | --ca-file goes with --from
            record -o - --from unix:a --timeout 1s | --timeout goes with this machine, not with --from
            record -o - --from ftp://a        | --from
            record -o - --include foo         | '--include': unknown section 'foo'
            record a.zst                      | takes options only, not 'a.zst'
            schema --json                     | unknown option '--json'
            snapshot --config=                | '--config': '' is not a file's name
            snapshot --config /nope           | cannot read /nope: no such file
            config                            | needs one of print, path, validate, init
            config prnt                       | 'prnt' is not one of print, path, validate, init
            config print more                 | print takes no further argument
            config path --json                | --json goes with print
            config print --force              | --force goes with init
            config init                       | no home to write to: name a file, --config FILE
            doctor --bundle -                 | '--bundle': '-' is standard output
            doctor extra                      | takes options only, not 'extra'
            config print --config /nope       | cannot read /nope: no such file
            config validate /nope             | cannot read /nope: no such file
            """)
    void badInputIsOneLineThatSaysWhatIsAllowed(String line, String message) {
        Run run = Run.smi(line.split(" "));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("smi: ").contains(message).hasLineCount(1);
    }

    @Test
    void anOutputThatCannotBeWrittenIsToldAndFails() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(full, new PrintStream(err, true, StandardCharsets.UTF_8), false, false, Map.of());
        assertThat(Main.run(console, "--version")).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("smi: cannot write: No space left on device\n");
    }

    @Test
    void aComplaintStaysOnItsLine() {
        assertThat(Run.smi("foo\nbar\033[31m").err())
                .isEqualTo(
                        "smi: unknown command 'foo?bar?[31m', known are snapshot, record, replay, api, schema, doctor, config, completion\n");
    }
}

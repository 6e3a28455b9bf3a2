package io.smi.cli.completion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.smi.cli.Peers;
import io.smi.cli.packaging.Program;
import io.smi.cli.packaging.Program.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packaged completions, in the shells that they are for. */
@Timeout(60)
class CompletionIT {
    private static final Path SHARE = Program.HOME.resolve("share");

    /** What bash does at a tab; it has no way to be asked for it. The arguments are the words before the cursor. */
    private static final String IN_BASH = """
            cd "$1" && source "$2" && shift 2
            COMP_WORDS=("$@")
            COMP_CWORD=$(($# - 1))
            compopt() { :; }
            _smi
            printf '%s\\n' "${COMPREPLY[@]}"
            """;

    /** A terminal of zsh's own, in which somebody types. */
    private static final String IN_ZSH = """
            zmodload zsh/zpty
            zpty -b terminal zsh -f -i
            wait_for() {
                local seen= out
                repeat 300; do
                    if zpty -r -t terminal out; then
                        seen+=$out
                        [[ $seen == *$1* ]] && return
                    else
                        sleep 0.1
                    fi
                done
                print -r -- "not seen: $1 in ${(qqqq)seen}"
            }
            zpty -w terminal "cd ${(q)1} && autoload -Uz compinit && compinit -D -u && source ${(q)2}; echo rea''dy"
            wait_for ready
            zpty -w -n terminal "$3"$'\\t'
            wait_for "$4"
            zpty -d terminal
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "smi snap, snapshot",
        "smi snapshot --form, --format",
        "smi snapshot --format ju, ",
        "smi snapshot --format j, json jsonl",
        "smi snapshot --format = j, json jsonl",
        "'smi snapshot --include gpu,c', 'gpu,cpu gpu,chassis'",
        "smi snapshot --query memory.swap_t, memory.swap_total_bytes",
        "smi record -o run., run.jsonl run.zst",
        "smi replay run., run.jsonl run.zst",
        "smi replay --ver, --verify",
        "smi snapshot --path.procfs ru, runs",
        "smi completion f, fish",
        "smi --v, --version",
    })
    void bashCompletes(String line, String expected) throws Exception {
        assumeTrue(Peers.has("bash"), "bash is not installed");
        files();
        List<String> command = new ArrayList<>(List.of("bash", "--norc", "-c", IN_BASH, "bash", folder.toString()));
        command.add(SHARE.resolve("bash-completion/completions/smi").toString());
        command.addAll(List.of(line.split(" ", -1)));
        Outcome outcome = Program.run(Map.of(), command.toArray(String[]::new));
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out().lines())
                .as("files in whatever order the folder has them")
                .containsExactlyInAnyOrder((expected == null ? "" : expected).split(" ", -1));
    }

    @ParameterizedTest
    @Tag("peer")
    @CsvSource({
        "smi snap, smi snapshot",
        "smi snapshot --form, --format",
        "smi snapshot --format pro, --format prometheus",
        "'smi snapshot --include gpu,chas', 'gpu,chassis'",
        "smi record -o run.j, run.jsonl",
        "smi replay run.j, run.jsonl",
        "smi snapshot --path.procfs ru, runs/",
        "smi completion fi, fish",
    })
    void zshCompletes(String line, String expected) throws Exception {
        Peers.require("zsh");
        files();
        Outcome outcome = Program.run(
                Map.of("TERM", "dumb"),
                "zsh",
                "-f",
                "-c",
                IN_ZSH,
                "zsh",
                folder.toString(),
                SHARE.resolve("zsh/site-functions/_smi").toString(),
                line,
                expected);
        assertThat(outcome.out() + outcome.err()).isEmpty();
    }

    @ParameterizedTest
    @Tag("peer")
    @CsvSource({
        "smi snap, snapshot",
        "smi snapshot --form, --format",
        "'smi snapshot --format ', csv json jsonl prometheus table",
        "'smi snapshot --include gpu,c', 'gpu,chassis gpu,cpu'",
        "smi record -o run.j, run.jsonl",
        "smi replay run.j, run.jsonl",
        "smi snapshot --path.procfs ru, runs/",
        "smi completion f, fish",
    })
    void fishCompletes(String line, String expected) throws Exception {
        Peers.require("fish");
        files();
        Outcome outcome = Program.run(
                Map.of("HOME", folder.toString()),
                "fish",
                "-c",
                "cd $argv[1]; source $argv[2]; complete -C $argv[3]",
                folder.toString(),
                SHARE.resolve("fish/vendor_completions.d/smi.fish").toString(),
                line);
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out().lines().map(each -> each.split("\t", 2)[0])).containsExactly(expected.split(" ", -1));
    }

    @Test
    void thePackagedScriptsAreWhatTheCommandPrints() throws Exception {
        Outcome outcome = Program.run(Map.of(), Program.HOME.resolve("bin/smi").toString(), "completion", "bash");
        assertThat(outcome.out()).isEqualTo(Files.readString(SHARE.resolve("bash-completion/completions/smi")));
    }

    private void files() throws Exception {
        Files.createFile(folder.resolve("run.jsonl"));
        Files.createFile(folder.resolve("run.zst"));
        Files.createDirectory(folder.resolve("runs"));
    }
}

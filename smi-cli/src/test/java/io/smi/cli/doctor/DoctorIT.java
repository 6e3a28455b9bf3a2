package io.smi.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.smi.cli.Peers;
import io.smi.cli.gpu.FakeDriver;
import io.smi.cli.packaging.Program;
import io.smi.cli.packaging.Program.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The packaged program's {@code doctor} and {@code config}. */
class DoctorIT {
    private static final String SMI = Program.HOME.resolve("bin/smi").toString();
    private static final List<String> NOBODY =
            List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--no-new-privs");

    @TempDir
    private Path folder;

    private static JsonNode check(Outcome run, String id) {
        return JsonMapper.shared()
                .readTree(run.out())
                .get("checks")
                .valueStream()
                .filter(check -> check.get("id").asString().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static Outcome asNobody(Map<String, String> environment, String... arguments) throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root may become another user");
        assumeTrue(Peers.has("setpriv"), "setpriv is not installed");
        List<String> command = new ArrayList<>(NOBODY);
        command.addAll(List.of("sh", "-c", "cd / && exec \"$0\" \"$@\"", SMI));
        command.addAll(List.of(arguments));
        Outcome run = Program.run(environment, command.toArray(String[]::new));
        assumeTrue(run.status() != 126 && run.status() != 127, "nobody cannot reach " + SMI);
        return run;
    }

    @Test
    void whatOnlyRootMayReadIsAWarningToOthers() throws Exception {
        Path counter = Files.createDirectories(folder.resolve("sys/class/powercap/intel-rapl:0"))
                .resolve("energy_uj");
        Files.writeString(counter, "1\n");
        Files.setPosixFilePermissions(counter, PosixFilePermissions.fromString("r--------"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Outcome run = asNobody(Map.of(), "doctor", "--json", "--path.sysfs", folder + "/sys");
        assertThat(run.status()).as(run.err()).isEqualTo(1);
        assertThat(check(run, "user").get("message").asString()).startsWith("uid 65534");
        JsonNode rapl = check(run, "rapl");
        assertThat(rapl.get("status").asString()).isEqualTo("warn");
        assertThat(rapl.get("message").asString()).startsWith("1 of 1 cannot be read");
    }

    @Test
    void aHomeThatNobodyMayEnterHasNoSettings() throws Exception {
        Path config = Files.createDirectories(folder.resolve("smi")).resolve("config.toml");
        Files.writeString(config, "[snapshot]\nformat = 'csv'\n");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        Map<String, String> home = Map.of("XDG_CONFIG_HOME", folder.toString());
        Outcome run = asNobody(home, "snapshot", "--window", "0", "--json");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err()).isEmpty();
        Outcome root = Program.run(home, SMI, "snapshot", "--window", "0", "--include", "memory");
        assertThat(root.out()).as("root's").startsWith("timestamp,");
    }

    @Test
    void aSettingThatMayNotBeReadIsNotIgnored() throws Exception {
        Path config = Files.createDirectories(folder.resolve("smi")).resolve("config.toml");
        Files.writeString(config, "");
        Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-------"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Outcome run = asNobody(Map.of("XDG_CONFIG_HOME", folder.toString()), "snapshot");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).startsWith("smi: cannot read " + config + ": permission denied");
    }

    @Test
    void theDriversLibraryIsNamed() throws Exception {
        FakeDriver driver = FakeDriver.compile(folder);
        Outcome run = Program.run(driver.machine("h100x8"), SMI, "doctor", "--json");
        assertThat(check(run, "nvidia").get("status").asString()).as(run.out()).isEqualTo("pass");
        assertThat(check(run, "nvidia").get("message").asString())
                .startsWith(folder + "/now/libnvidia-ml.so.1, driver ");
        assertThat(check(run, "reader.nvidia").get("status").asString()).isNotEqualTo("skip");
    }

    @Test
    void aBundleHoldsNothingThatWasPlanted() throws Exception {
        Path proc = folder.resolve("proc");
        Files.createDirectories(proc.resolve("sys/kernel"));
        Files.writeString(proc.resolve("sys/kernel/hostname"), "planted-host\n");
        Files.writeString(
                proc.resolve("version"),
                "Linux 6.1 (planted-user@planted-host) 10.11.12.13 fe80::abcd 52:54:00:12:34:56 planted-token\n");
        Files.writeString(proc.resolve("cpuinfo"), "model name : a cpu\nSerial : 10000000plantedserial\n");
        Files.writeString(proc.resolve("meminfo"), "MemTotal:  1024 kB\n");
        Path root = folder.resolve("root");
        Files.createDirectories(root.resolve("etc"));
        Files.writeString(root.resolve("etc/passwd"), "planted-user:x:1000:1000::/data/planted-home:/bin/sh\n");
        Files.writeString(root.resolve("etc/os-release"), "PRETTY_NAME=\"at /data/planted-home\"\n");
        Path bundle = folder.resolve("b.tar.gz");
        Map<String, String> environment = new HashMap<>(Map.of("CI_JOB_TOKEN", "planted-token"));
        String[] command = {
            SMI,
            "doctor",
            "--json",
            "--bundle",
            bundle.toString(),
            "--path.procfs",
            proc.toString(),
            "--path.rootfs",
            root.toString()
        };
        Outcome run = Program.run(environment, command);
        assertThat(run.err()).startsWith("smi: wrote ");
        String text = Program.run(Map.of(), "tar", "-xOzf", bundle.toString()).out();
        assertThat(text)
                .contains(
                        "MemTotal:  1024 kB", "\"schema\":1", "a cpu", "[host-1]", "[ipv4-1]", "[mac-1]", "[secret-1]")
                .doesNotContain("planted-host", "planted-user", "planted-home", "planted-token", "plantedserial")
                .doesNotContain("10.11.12.13", "fe80::abcd", "52:54:00:12:34:56");
        assertThat(Program.run(Map.of(), "tar", "-tvzf", bundle.toString())
                        .out()
                        .lines())
                .allMatch(line -> line.startsWith("-rw------- 0/0 "))
                .anyMatch(line -> line.endsWith(" smi-doctor/doctor.json"))
                .anyMatch(line -> line.endsWith(" smi-doctor/frame.json"));
    }

    @Test
    void configTellsWhatHolds() throws Exception {
        Outcome print = Program.run(Map.of("SMI_API_INTERVAL", "7s"), SMI, "config", "print");
        assertThat(print.status()).as(print.err()).isZero();
        assertThat(print.out()).containsPattern("api.interval +7s +SMI_API_INTERVAL\n");
        Map<String, String> home = Map.of("XDG_CONFIG_HOME", folder.toString());
        assertThat(Program.run(home, SMI, "config", "init").status()).isZero();
        assertThat(Program.run(home, SMI, "config", "validate").out()).isEqualTo(folder + "/smi/config.toml: ok\n");
    }

    @Test
    void startsNoChildProcess() throws Exception {
        assumeTrue(Peers.has("strace"), "strace is not installed");
        assumeTrue(Program.run(Map.of(), "strace", "true").status() == 0, "strace may not trace");
        Path trace = folder.resolve("trace");
        Program.run(
                Map.of(),
                "strace",
                "-f",
                "-e",
                "trace=execve,execveat,fork,vfork",
                "-e",
                "signal=none",
                "-o",
                trace.toString(),
                SMI,
                "doctor");
        assertThat(Files.readAllLines(trace))
                .as("the launcher and the JVM that takes its place")
                .filteredOn(line -> line.contains("execve(") || line.contains("fork("))
                .hasSize(2);
    }
}

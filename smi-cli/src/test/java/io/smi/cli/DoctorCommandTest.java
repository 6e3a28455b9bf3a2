package io.smi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** On a machine of a few files, with a GPU that sleeps. */
class DoctorCommandTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void aMachine() throws IOException {
        write("proc/meminfo", "MemTotal:  1024 kB\n");
        write("proc/stat", "cpu  9 0 9 9 0 0 0 0 0 0\ncpu0 9 0 9 9 0 0 0 0 0 0\nintr 0\nbtime 1767225000\n");
        write("proc/uptime", "9.00 9.00\n");
        write("proc/loadavg", "0.51 0.78 1.50 1/99 999\n");
        String gpu = "sys/bus/pci/devices/0000:01:00.0/";
        write(gpu + "class", "0x030000\n");
        write(gpu + "vendor", "0x10de\n");
        write(gpu + "device", "0x2684\n");
        write(gpu + "power/runtime_status", "suspended\n");
        Files.createDirectories(folder.resolve("root"));
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Run doctor(String... options) {
        return doctor(Map.of(), options);
    }

    private Run doctor(Map<String, String> environment, String... options) {
        List<String> command = new ArrayList<>(List.of("doctor", "--path.procfs", folder + "/proc"));
        command.addAll(List.of("--path.sysfs", folder + "/sys", "--path.rootfs", folder + "/root"));
        command.addAll(List.of(options));
        return Run.smi(environment, command.toArray(String[]::new));
    }

    private static JsonNode check(Run run, String id) {
        return JsonMapper.shared()
                .readTree(run.out())
                .get("checks")
                .valueStream()
                .filter(check -> check.get("id").asString().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aWarningTellsWhatWouldHelp() {
        Run run = doctor("--json");
        assertThat(run.code()).isEqualTo(1);
        JsonNode nvidia = check(run, "nvidia");
        assertThat(nvidia.get("status").asString()).isEqualTo("warn");
        assertThat(nvidia.get("message").asString()).isEqualTo("no libnvidia-ml.so.1 for 1 on the PCI bus");
        assertThat(nvidia.get("fix").asString()).startsWith("install the driver's libnvidia-ml");
        JsonNode report = JsonMapper.shared().readTree(run.out());
        assertThat(report.get("schema").asInt()).isEqualTo(1);
        assertThat(report.get("version").asString()).isEqualTo(SmiCommand.version());
        assertThat(report.get("timestamp").asString()).matches("20.*Z");
        assertThat(report.get("summary").get("warn").asInt()).isEqualTo(1);
        assertThat(report.get("summary").get("fail").asInt()).isZero();
    }

    @Test
    void intelsDevicesAreToldWithTheirDrivers() throws IOException {
        assertThat(check(doctor("--json"), "intel").get("status").asString()).isEqualTo("skip");

        intel("0000:00:02.0", "0x030000");
        intel("0000:00:0b.0", "0x120000");
        driver("0000:00:02.0", "i915");
        JsonNode lacking = check(doctor("--json"), "intel");
        assertThat(lacking.get("status").asString()).isEqualTo("warn");
        assertThat(lacking.get("message").asString()).isEqualTo("no driver for 0000:00:0b.0");
        assertThat(lacking.get("fix").asString()).contains("intel_vpu");

        driver("0000:00:0b.0", "intel_vpu");
        write("sys/module/intel_vpu/version", "1.2\n");
        JsonNode whole = check(doctor("--json"), "intel");
        assertThat(whole.get("status").asString()).isEqualTo("pass");
        assertThat(whole.get("message").asString())
                .isEqualTo("0000:00:02.0 (i915 of this kernel), 0000:00:0b.0 (intel_vpu 1.2)");
    }

    /** Why a key is null, of a GPU that is awake and whose driver does not tell. */
    @Test
    void whatIntelsDriversDoNotTell() throws IOException {
        intel("0000:03:00.0", "0x030000");
        driver("0000:03:00.0", "xe");
        Files.createDirectories(folder.resolve("sys/class/drm/card0"));
        Files.createSymbolicLink(
                folder.resolve("sys/class/drm/card0/device"), folder.resolve("sys/bus/pci/devices/0000:03:00.0"));
        Run run = doctor("--json");
        JsonNode absent = check(run, "absent.0000:03:00.0.not_supported");
        assertThat(absent.get("status").asString()).isEqualTo("pass");
        assertThat(absent.get("message").asString())
                .startsWith("not supported: memory_total_bytes (")
                .contains("power_watts (hwmon/energy1_input)", "temperature_celsius (hwmon/temp*_input)");
        assertThat(check(run, "reader.intel-gpu").get("status").asString()).isEqualTo("pass");
        assertThat(check(run, "reader.intel-npu").get("status").asString()).isEqualTo("skip");
    }

    @Test
    void amdsDevicesAreToldWithTheirDriver() throws IOException {
        assertThat(check(doctor("--json"), "amd").get("status").asString()).isEqualTo("skip");
        device("0000:03:00.0", "0x030000", "0x1002");
        assertThat(check(doctor("--json"), "amd").get("fix").asString()).startsWith("is amdgpu loaded");
        driver("0000:03:00.0", "amdgpu");
        assertThat(check(doctor("--json"), "amd").get("message").asString())
                .isEqualTo("0000:03:00.0 (amdgpu of this kernel)");
    }

    private void intel(String address, String type) throws IOException {
        device(address, type, "0x8086");
    }

    private void device(String address, String type, String vendor) throws IOException {
        write("sys/bus/pci/devices/" + address + "/class", type + "\n");
        write("sys/bus/pci/devices/" + address + "/vendor", vendor + "\n");
    }

    private void driver(String address, String name) throws IOException {
        Path driver = Files.createDirectories(folder.resolve("sys/bus/pci/drivers/" + name));
        Files.createSymbolicLink(folder.resolve("sys/bus/pci/devices/" + address + "/driver"), driver);
    }

    @Test
    void everyReaderAndSectionIsTold() {
        Run run = doctor("--json");
        JsonNode meminfo = check(run, "reader.meminfo");
        assertThat(meminfo.get("title").asString()).isEqualTo("Reader meminfo of memory, process");
        assertThat(meminfo.get("status").asString()).isEqualTo("pass");
        assertThat(meminfo.has("fix")).isFalse();
        assertThat(meminfo.get("duration_ms").asDouble()).isPositive();
        assertThat(check(run, "reader.tegra").get("message").asString()).isEqualTo("not on this machine");
        assertThat(check(run, "reader.tegra").get("status").asString()).isEqualTo("skip");
        assertThat(check(run, "section.memory").get("message").asString())
                .startsWith("null in all rows: ")
                .contains("swap_total_bytes")
                .doesNotContain(" total_bytes");
        assertThat(check(run, "section.process").get("message").asString()).isEqualTo("none on this machine");
    }

    @Test
    void aGpuThatSleepsIsNotWoken() {
        Run run = doctor("--json");
        assertThat(check(run, "sleeping").get("message").asString()).isEqualTo("0000:01:00.0: not woken");
        assertThat(check(run, "absent.0000:01:00.0.asleep").get("message").asString())
                .isEqualTo("asleep: all of its own (power/runtime_status)");
    }

    @Test
    void aFailureIsTwo() throws IOException {
        write("proc/stat", "nonsense\n");
        Run run = doctor("--json");
        assertThat(run.code()).isEqualTo(2);
        assertThat(check(run, "reader.stat").get("status").asString()).isEqualTo("fail");
        assertThat(check(run, "section.cpu").get("message").asString()).isEqualTo("empty: its readers above tell why");
    }

    @Test
    void aMachineWithoutAFaultIsZero() throws IOException {
        write("sys/bus/pci/devices/0000:01:00.0/vendor", "0x1234\n");
        Run run = doctor();
        assertThat(run.code()).as(run.out()).isZero();
        assertThat(run.out())
                .doesNotContain("\033", "WARN")
                .contains("SKIP  nvidia")
                .containsPattern("\n\n\\d+ passed, 0 with");
    }

    @Test
    void mistakesOfSettingsAreTold() throws IOException {
        Path file = folder.resolve("config.toml");
        Files.writeString(file, "[api]\nintervl = '1s'\n");
        Run run = doctor(Map.of("SMI_CONFIG", file.toString()), "--json");
        assertThat(check(run, "config").get("status").asString()).isEqualTo("warn");
        assertThat(check(run, "config").get("message").asString()).startsWith(file + ":2: unknown key 'api.intervl'");
    }

    @Test
    void aBundleIsItsOwnersAndTakesNobodysPlace() throws IOException {
        Path file = folder.resolve("report.tar.gz");
        Run run = doctor("--bundle", file.toString());
        assertThat(run.code()).as(run.err()).isEqualTo(1);
        assertThat(run.err()).isEqualTo("smi: wrote " + file + "; look at it before you send it\n");
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        byte[] written = Files.readAllBytes(file);
        Run again = doctor("--bundle", file.toString());
        assertThat(again.code()).isEqualTo(2);
        assertThat(again.err()).isEqualTo("smi: --bundle " + file + " exists\n");
        assertThat(file).hasBinaryContent(written);
    }

    @Test
    void aBundleFollowsNoLink() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("target"));
        assertThat(doctor("--bundle", link.toString()).code()).isEqualTo(2);
        assertThat(folder.resolve("target")).doesNotExist();
        Run run = doctor("--bundle", folder + "/nope/x");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .startsWith("smi: cannot write --bundle " + folder + "/nope/x: ")
                .hasLineCount(1);
    }
}

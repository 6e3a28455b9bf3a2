package io.smi.core.rapl;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.core.Problems;
import io.smi.core.Problems.Problem;
import io.smi.core.kernel.FileOpener;
import io.smi.core.kernel.KernelFiles;
import io.smi.core.kernel.Roots;
import io.smi.schema.ErrorKind;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RaplReaderTest {
    private static final long RANGE = 262_143_328_850L;

    private final Set<Path> denied = new HashSet<>();
    private final AtomicLong nanos = new AtomicLong();
    private Problems problems = new Problems();
    private Path powercap;
    private RaplReader reader;

    @BeforeEach
    void machineWithoutCounters(@TempDir Path sysfs) {
        powercap = sysfs.resolve("class/powercap");
        FileOpener opener = file -> {
            if (denied.contains(file.toPath())) {
                throw new AccessDeniedException(file.getPath(), null, "permission denied");
            }
            return FileOpener.REAL.open(file);
        };
        KernelFiles files = new KernelFiles(sysfs.toFile(), opener);
        reader = new RaplReader(new Roots(files, files, files), nanos::get);
    }

    @Test
    void packagesAreCountedAndWhatIsInThemIsNot() throws IOException {
        domain("intel-rapl:0", "package-0", 12_500_000);
        domain("intel-rapl:0:0", "core", 3_000_000);
        domain("intel-rapl:0:1", "dram", 4_000_000);
        domain("intel-rapl:1", "package-1", 500_000);
        domain("intel-rapl-mmio:0", "package-0", 12_500_000);
        Files.createDirectories(powercap.resolve("intel-rapl"));
        Files.createDirectories(powercap.resolve("dtpm"));
        assertThat(read()).isEqualTo(new Rapl(Map.of(0, 12.5, 1, 0.5), true));
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void thePlatformIsNoPackage() throws IOException {
        domain("intel-rapl:0", "package-0", 12_500_000);
        domain("intel-rapl:1", "psys", 30_000_000);
        assertThat(read()).isEqualTo(new Rapl(Map.of(0, 12.5), true));
    }

    @Test
    void theDiesOfAPackageAddUp() throws IOException {
        domain("intel-rapl:0", "package-0-die-0", 1_000_000);
        domain("intel-rapl:1", "package-0-die-1", 2_000_000);
        domain("intel-rapl:2", "package-1-die-0", 4_000_000);
        domain("intel-rapl:3", "package-1-die-1", 8_000_000);
        assertThat(read()).isEqualTo(new Rapl(Map.of(0, 3.0, 1, 12.0), true));
        Files.writeString(energy("intel-rapl:3"), "much\n");
        assertThat(read()).isEqualTo(new Rapl(Map.of(0, 3.0), false));
        assertThat(problems.list()).hasSize(1);
    }

    @Test
    void aPackageThatIsThereTwiceIsCountedOnce() throws IOException {
        domain("intel-rapl:0", "package-0", 1_000_000);
        domain("intel-rapl:1", "package-0", 1_000_000);
        assertThat(read()).isEqualTo(new Rapl(Map.of(0, 1.0), true));
    }

    @Test
    void energyGrowsAcrossWraps() throws IOException {
        domain("intel-rapl:0", "package-0", RANGE - 1_000_000);
        double first = joules();
        count("intel-rapl:0", 2_000_000);
        assertThat(joules()).isEqualTo(first + 3);
        count("intel-rapl:0", 5_000_000);
        assertThat(joules()).isEqualTo(first + 6);
    }

    @Test
    void aWrapOfMoreThanHalfTheRangeWasAReset() throws IOException {
        domain("intel-rapl:0", "package-0", 100_000_000_000L);
        assertThat(joules()).isEqualTo(100_000);
        count("intel-rapl:0", 7_000_000);
        assertThat(read()).isNull();
        count("intel-rapl:0", 9_000_000);
        assertThat(joules()).isEqualTo(9);
        count("intel-rapl:0", 10_000_000);
        assertThat(joules()).isEqualTo(10);
    }

    @Test
    void aCounterThatMayHaveComeRoundMoreThanOnceStartsAnew() throws IOException {
        domain("intel-rapl:0", "package-0", 1_000_000);
        assertThat(joules()).isEqualTo(1);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(262));
        count("intel-rapl:0", 5_000_000);
        assertThat(joules()).isEqualTo(5);
        nanos.addAndGet(TimeUnit.MINUTES.toNanos(10));
        count("intel-rapl:0", 9_000_000);
        assertThat(read()).isNull();
        assertThat(joules()).isEqualTo(9);
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void withoutARangeNoGrowthIsKnown() throws IOException {
        domain("intel-rapl:0", "package-0", RANGE - 1_000_000);
        domain("intel-rapl:1", "package-1", 5_000_000);
        Files.writeString(powercap.resolve("intel-rapl:0/max_energy_range_uj"), "far\n");
        assertThat(joules()).isGreaterThan(262_000);
        count("intel-rapl:0", 2_000_000);
        assertThat(read()).isEqualTo(new Rapl(Map.of(1, 5.0), false));
        assertThat(problems.list()).hasSize(1);
        assertThat(joules()).isEqualTo(2);
    }

    @Test
    void aLackingPermissionIsToldOnce() throws IOException {
        domain("intel-rapl:0", "package-0", 1);
        domain("intel-rapl:1", "package-1", 1);
        denied.add(energy("intel-rapl:0"));
        denied.add(energy("intel-rapl:1"));
        for (int i = 0; i < 2; i++) {
            assertThat(read()).isNull();
            assertThat(problems.list())
                    .containsExactly(new Problem(ErrorKind.DENIED, energy("intel-rapl:0") + ": permission denied"));
        }
    }

    @Test
    void oneCounterMayBeReadableAlone() throws IOException {
        domain("intel-rapl:0", "package-0", 1_000_000);
        domain("intel-rapl:1", "package-1", 1);
        denied.add(energy("intel-rapl:1"));
        assertThat(read()).isEqualTo(new Rapl(Map.of(0, 1.0), false));
        assertThat(problems.list()).extracting(Problem::kind).containsExactly(ErrorKind.DENIED);
    }

    @Test
    void aDomainThatDoesNotSayWhatItIsMayBeAPackage() throws IOException {
        domain("intel-rapl:0", "package-0", 1_000_000);
        domain("intel-rapl:1", "package-1", 1);
        Path name = powercap.resolve("intel-rapl:1/name");
        denied.add(name);
        for (int i = 0; i < 2; i++) {
            assertThat(read()).isEqualTo(new Rapl(Map.of(0, 1.0), false));
            assertThat(problems.list())
                    .as("told every time")
                    .containsExactly(new Problem(ErrorKind.DENIED, name + ": permission denied"));
        }
    }

    @Test
    void aCounterCutShortIsNoCounter() throws IOException {
        domain("intel-rapl:0", "package-0", 1_000_000);
        Files.writeString(energy("intel-rapl:0"), "");
        assertThat(read()).isNull();
        assertThat(problems.list()).isEmpty();
        Files.writeString(energy("intel-rapl:0"), "100");
        assertThat(read()).isNull();
        assertThat(problems.list()).hasSize(1);
    }

    @Test
    void theDriverMayComeLater() throws IOException {
        assertThat(read()).isNull();
        domain("intel-rapl:0", "package-0", 1_000_000);
        assertThat(joules()).isEqualTo(1);
        assertThat(problems.list()).isEmpty();
    }

    private void domain(String folder, String name, long microjoules) throws IOException {
        Path path = Files.createDirectories(powercap.resolve(folder));
        Files.writeString(path.resolve("name"), name + "\n");
        Files.writeString(path.resolve("max_energy_range_uj"), RANGE + "\n");
        count(folder, microjoules);
    }

    private void count(String folder, long microjoules) throws IOException {
        Files.writeString(energy(folder), microjoules + "\n");
    }

    private Path energy(String folder) {
        return powercap.resolve(folder + "/energy_uj");
    }

    private double joules() throws IOException {
        return Objects.requireNonNull(
                Objects.requireNonNull(read()).packageJoules().get(0));
    }

    private @Nullable Rapl read() throws IOException {
        problems = new Problems();
        return reader.read(problems);
    }
}

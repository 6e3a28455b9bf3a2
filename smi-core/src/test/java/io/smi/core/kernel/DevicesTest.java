package io.smi.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.core.Problems;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevicesTest {
    @TempDir
    private Path folder;

    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private FileTree tree;
    private Devices<Device> devices;

    private final class Device implements Closeable {
        private final String name;

        Device(String name) {
            this.name = name;
            opened.incrementAndGet();
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    @BeforeEach
    void twoDevicesAndSomethingElse() {
        tree = new FileTree(folder)
                .folder("sys/class/x/dev0")
                .folder("sys/class/x/dev1")
                .folder("sys/class/x/power");
        devices = new Devices<>(tree.roots().sys(), "class/x", this::open);
    }

    private @Nullable Device open(String path, String name, Problems problems) {
        problems.failed("trouble with " + path);
        return name.startsWith("dev") ? new Device(name) : null;
    }

    @Test
    void opensEachDeviceOnce() throws IOException {
        assertThat(names()).containsExactly("dev0", "dev1");
        assertThat(names()).containsExactly("dev0", "dev1");
        assertThat(opened).hasValue(2);
        assertThat(closed).hasValue(0);
    }

    @Test
    void opensAnewAndClosesTheOldWhenAnotherAppears() throws IOException {
        names();
        tree.folder("sys/class/x/dev2");
        assertThat(names()).containsExactly("dev0", "dev1", "dev2");
        assertThat(closed).hasValue(2);
    }

    @Test
    void aLongFolderIsListedNowAndThen() throws IOException {
        AtomicLong nanos = new AtomicLong(-7);
        devices = new Devices<>(tree.roots().sys(), "class/x", this::open, Duration.ofNanos(10), nanos::get);
        assertThat(names()).containsExactly("dev0", "dev1");
        tree.folder("sys/class/x/dev2");
        nanos.addAndGet(9);
        assertThat(names()).containsExactly("dev0", "dev1");
        nanos.addAndGet(1);
        assertThat(names()).containsExactly("dev0", "dev1", "dev2");
    }

    @Test
    void tellsWhatWasInTheWayEveryTime() throws IOException {
        names();
        Problems problems = new Problems();
        devices.list(problems);
        assertThat(problems.list())
                .extracting(Problems.Problem::message)
                .containsExactly(
                        "trouble with class/x/dev0", "trouble with class/x/dev1", "trouble with class/x/power");
    }

    private List<String> names() throws IOException {
        return devices.list(new Problems()).stream().map(device -> device.name).toList();
    }
}

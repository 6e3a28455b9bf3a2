package io.smi.server.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Starters that race, and those who watch them. */
@Timeout(120)
class SocketFileStartersTest {
    @TempDir
    Path directory;

    @Test
    void ofManyThreadsOneGetsAStaleSocket() throws Exception {
        int starters = 6;
        try (ExecutorService pool = Executors.newFixedThreadPool(starters)) {
            for (int round = 0; round < 20; round++) {
                Path path = staleSocket("round" + round + ".sock");
                CyclicBarrier start = new CyclicBarrier(starters);
                Callable<Object> starter = () -> {
                    start.await();
                    return bindOrMessage(path);
                };
                List<SocketFile> bound = new ArrayList<>();
                for (Future<Object> result : pool.invokeAll(Collections.nCopies(starters, starter))) {
                    if (result.get() instanceof SocketFile file) {
                        bound.add(file);
                    } else {
                        assertThat(result.get()).isEqualTo(path + ": in use by a running server");
                    }
                }
                assertThat(bound).hasSize(1);
                bound.getFirst().close();
                assertThat(directory).isEmptyDirectory();
            }
        }
    }

    @Test
    void ofManyProcessesOneGetsAStaleSocket() throws Exception {
        Path path = staleSocket("smi.sock");
        Path reports = Files.createDirectory(directory.resolve("reports"));
        List<Process> children = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                children.add(start(ChildServer.command(reports.resolve("r" + i), path.toString())));
            }
            for (Process child : children) {
                child.getOutputStream().write('\n');
                child.getOutputStream().flush();
            }
            List<String> outcomes = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                outcomes.add(ChildServer.awaitReport(reports.resolve("r" + i)));
            }
            String inUse = path + ": in use by a running server";
            assertThat(outcomes).containsExactlyInAnyOrder("serving", inUse, inUse, inUse);
            try (RawClient client = new RawClient(UnixDomainSocketAddress.of(path))) {
                assertThat(client.get("/").body()).isEqualTo("hello from localhost");
            }
        } finally {
            children.forEach(Process::destroyForcibly);
        }
    }

    @Test
    void aKilledServersSocketIsReplaced() throws Exception {
        Path path = directory.resolve("smi.sock");
        Path report = directory.resolve("report");
        Process child = start(ChildServer.command(report, path.toString()));
        child.getOutputStream().write('\n');
        child.getOutputStream().flush();
        assertThat(ChildServer.awaitReport(report)).isEqualTo("serving");
        child.destroyForcibly().waitFor();
        assertThat(path).exists();
        try (SocketFile file = SocketFile.bind(path, SocketMode.DEFAULT, null)) {
            assertThat(file.path()).exists();
        }
    }

    @Test
    void nobodyEverSeesAnotherMode() throws Exception {
        Path path = directory.resolve("smi.sock");
        try (Watcher watcher = new Watcher(path)) {
            for (int i = 0; i < 200 || watcher.modes.isEmpty(); i++) {
                SocketFile.bind(path, new SocketMode(0640), null).close();
            }
            assertThat(watcher.modes).containsExactly("140640");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000", "0022", "0077", "0777"})
    void theUmaskChangesNothing(String umask) throws Exception {
        Path path = directory.resolve("smi.sock");
        Path report = directory.resolve("report");
        List<String> command = new ArrayList<>(List.of("sh", "-c", "umask " + umask + "; exec \"$@\"", "sh"));
        command.addAll(ChildServer.command(report, path.toString()));
        try (Watcher watcher = new Watcher(path)) {
            Process child = start(command);
            try {
                child.getOutputStream().write('\n');
                child.getOutputStream().flush();
                Await.until(() -> !watcher.modes.isEmpty());
                assertThat(ChildServer.awaitReport(report)).isEqualTo("serving");
            } finally {
                child.destroyForcibly();
            }
            assertThat(watcher.modes).containsExactly("140600");
        }
    }

    private static Object bindOrMessage(Path path) {
        try {
            return SocketFile.bind(path, SocketMode.DEFAULT, null);
        } catch (BindException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private Path staleSocket(String name) throws IOException {
        Path path = directory.resolve(name);
        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(path))
                .close();
        return path;
    }

    /** Looks at the path without a break. */
    private static final class Watcher implements AutoCloseable {
        final Set<String> modes = new ConcurrentSkipListSet<>();
        private final AtomicBoolean done = new AtomicBoolean();
        private final ExecutorService thread = Executors.newSingleThreadExecutor();

        Watcher(Path path) {
            thread.execute(() -> watch(path));
        }

        private void watch(Path path) {
            while (!done.get()) {
                try {
                    int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
                    modes.add(Integer.toOctalString(mode));
                } catch (NoSuchFileException e) {
                    Thread.onSpinWait();
                } catch (IOException e) {
                    modes.add(e.toString());
                }
            }
        }

        @Override
        public void close() {
            done.set(true);
            thread.close();
        }
    }
}

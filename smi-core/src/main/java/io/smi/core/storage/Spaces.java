package io.smi.core.storage;

import io.smi.core.Problems;
import io.smi.core.ReaderPool;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks file systems how full they are, each by a call of its own: one whose server is silent holds its call for as long
 * as it likes, and is not asked again meanwhile; the others answer as ever.
 */
final class Spaces {
    private final FileSystems fileSystems;
    private final String root;
    private final Map<Mount, Hang> hanging = new HashMap<>();
    private @Nullable ReaderPool pool;

    /** A call that has not come back by its deadline, and the problems that told so. */
    private record Hang(Future<Space> call, Problems problems) {}

    /** Of the mounts of the system whose root lies there, without a slash at the end. */
    Spaces(FileSystems fileSystems, String root) {
        this.fileSystems = fileSystems;
        this.root = root;
    }

    /** How full each is; null where it is not known by three quarters of the time that is left. */
    List<MountedSpace> of(List<Mount> mounts, Problems problems) throws IOException {
        ReaderPool threads = pool == null ? new ReaderPool() : pool;
        pool = threads;
        long now = System.nanoTime();
        long deadline = now + (problems.deadline() - now) / 4 * 3;
        hanging.values().removeIf(hang -> hang.call().isDone());
        threads.hanging(hanging.size());
        List<@Nullable Future<Space>> calls = new ArrayList<>(mounts.size());
        for (Mount mount : mounts) {
            String path = root + mount.point();
            calls.add(hanging.containsKey(mount) ? null : threads.start(() -> fileSystems.space(path)));
        }
        List<MountedSpace> spaces = new ArrayList<>(mounts.size());
        for (int i = 0; i < mounts.size(); i++) {
            Mount mount = mounts.get(i);
            Future<Space> call = calls.get(i);
            Space space = call == null ? stale(mount, problems) : answer(mount, call, threads, deadline, problems);
            spaces.add(new MountedSpace(mount, space));
        }
        return spaces;
    }

    /** A hang that no frame has told of yet, since it was met in a mere sample, is still news. */
    private @Nullable Space stale(Mount mount, Problems problems) {
        Hang hang = hanging.get(mount);
        if (hang != null && hang.problems().isTold()) {
            problems.stale(mount.point() + ": an earlier call still hangs, not asked again");
        } else if (hang != null) {
            timeout(mount, hang.call(), problems);
        }
        return null;
    }

    private void timeout(Mount mount, Future<Space> call, Problems problems) {
        hanging.put(mount, new Hang(call, problems));
        problems.timeout(mount.point() + ": no answer by the deadline");
    }

    private @Nullable Space answer(
            Mount mount, Future<Space> call, ReaderPool threads, long deadline, Problems problems) throws IOException {
        try {
            return threads.await(call, deadline);
        } catch (TimeoutException e) {
            timeout(mount, call, problems);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AccessDeniedException denied) {
                problems.denied(String.valueOf(denied.getMessage()));
            } else if (e.getCause() instanceof IOException failed) {
                problems.failed(String.valueOf(failed.getMessage()));
            } else {
                throw new IOException("cannot ask " + mount.point() + ": " + e.getCause(), e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while file systems were asked", e);
        }
        return null;
    }

    /** Ends the threads but those whose calls hang. */
    void release() {
        if (pool != null) {
            pool.close();
            pool = null;
        }
    }
}

package io.smi.core.storage;

import io.smi.core.Problems;
import io.smi.core.Reader;
import io.smi.core.kernel.Cursor;
import io.smi.core.kernel.HostFile;
import io.smi.core.kernel.Roots;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The mounts that are {@link MountTable storage}, and how full they are: {@code /proc/self/mountinfo} and statvfs(3). With
 * another root than {@code /} those of that system's first process, {@code /proc/1/mountinfo}, looked for below that root.
 */
public final class MountReader implements Reader<List<MountedSpace>> {
    private final BlockDevices devices;
    private final Spaces spaces;
    private final HostFile file;
    private String text = "";
    private List<Mount> mounts = List.of();
    private Problems told = new Problems();

    /** Reads these files, and asks these file systems. */
    public MountReader(Roots roots, FileSystems fileSystems) {
        String root = roots.root().path("");
        boolean isOwn = root.equals("/");
        this.devices = new BlockDevices(roots.sys());
        this.spaces = new Spaces(fileSystems, isOwn ? "" : root);
        this.file = new HostFile(roots.proc(), "self/mountinfo", isOwn, "1/mountinfo");
    }

    /** The C library's statvfs. */
    public static FileSystems system() {
        return new FileSystems() {
            private volatile @Nullable FileSystems library;

            @Override
            public Space space(String path) throws IOException {
                FileSystems loaded = library;
                if (loaded == null) {
                    loaded = StatvfsLibrary.load();
                    library = loaded;
                }
                return loaded.space(path);
            }
        };
    }

    @Override
    public @Nullable List<MountedSpace> read(Problems problems) throws IOException {
        Cursor table = file.read();
        if (table == null) {
            return null;
        }
        boolean same = !text.isEmpty() && table.accept(text) && table.atEnd();
        if (!same) {
            parse(table);
        }
        problems.addAll(told);
        return spaces.of(mounts, problems);
    }

    private void parse(Cursor table) throws IOException {
        text = "";
        told = new Problems();
        List<Mount> found = new ArrayList<>();
        table.rewind();
        for (MountLine line : new MountTable(MountLine.parse(table)).storage()) {
            Long disk = devices.disk(line, told);
            String drive = disk == null ? null : devices.drive(disk);
            found.add(new Mount(line.point(), line.source(), line.type(), line.readOnly(), disk, drive));
        }
        mounts = found;
        table.rewind();
        text = table.all();
    }

    @Override
    public void release() {
        spaces.release();
    }
}

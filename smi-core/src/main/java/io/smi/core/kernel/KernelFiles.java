package io.smi.core.kernel;

import io.smi.core.Problems;
import java.io.File;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files under one root. Paths are relative to it, without a slash in front.
 *
 * <p>The attribute methods ({@link #text}, {@link #number}) are for the many small optional files of sysfs: one that is
 * missing, or that its driver cannot answer for at the moment, is null and no problem; one that may not be read, or
 * says something else than it should, is null and a problem. A file that a reader cannot do without is read through
 * {@link #file}, which throws.
 */
public final class KernelFiles {
    private final File root;
    private final FileOpener opener;
    private final boolean onePiece;

    /** Real files under this root. */
    public KernelFiles(File root) {
        this(root, FileOpener.REAL);
    }

    /** Files under this root, opened by this opener. */
    public KernelFiles(File root, FileOpener opener) {
        this(root, opener, false);
    }

    private KernelFiles(File root, FileOpener opener, boolean onePiece) {
        this.root = root;
        this.opener = opener;
        this.onePiece = onePiece;
    }

    /** Real files under this root, which is a sysfs: it gives each in one piece, so none is asked whether there is more. */
    public static KernelFiles ofSysfs(File root) {
        return new KernelFiles(root, FileOpener.REAL, true);
    }

    /** The absolute path, for messages. */
    public String path(String path) {
        return new File(root, path).getPath();
    }

    /** Whether there is such a file or folder. */
    public boolean exists(String path) {
        return new File(root, path).exists();
    }

    /** The names in a folder, sorted; none when there is no such folder. */
    public List<String> list(String folder) {
        String[] names = new File(root, folder).list();
        if (names == null) {
            return List.of();
        }
        Arrays.sort(names);
        return List.of(names);
    }

    /** The numbers among the names in a folder, sorted: processes, or what one has open. */
    public int[] numbers(String folder) {
        String[] names = new File(root, folder).list();
        if (names == null) {
            return new int[0];
        }
        int[] numbers = new int[names.length];
        int count = 0;
        for (String name : names) {
            int number = number(name, 0);
            if (number >= 0) {
                numbers[count++] = number;
            }
        }
        numbers = Arrays.copyOf(numbers, count);
        Arrays.sort(numbers);
        return numbers;
    }

    /** The number that a name is from there on; -1 when it is none. */
    public static int number(String name, int from) {
        int number = from == name.length() ? -1 : 0;
        for (int i = from; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < '0' || c > '9' || number > (Integer.MAX_VALUE - 9) / 10) {
                return -1;
            }
            number = number * 10 + (c - '0');
        }
        return number;
    }

    /** A file to read again and again. */
    public KernelFile file(String path) {
        return new KernelFile(new File(root, path), opener, new TextBuffer(), onePiece);
    }

    /**
     * Like {@link #file(String)}, read into a buffer that other files use too, and for files that the kernel writes
     * in one piece, as those of {@code /proc/[pid]}: it is not asked once more whether there is more.
     */
    public KernelFile small(String path, TextBuffer buffer) {
        return new KernelFile(new File(root, path), opener, buffer, true);
    }

    /** The last name of what a symbolic link points to, such as the driver of a device; null when there is no link. */
    public @Nullable String linkName(String link) {
        File file = new File(root, link);
        try {
            return file.exists() ? file.getCanonicalFile().getName() : null;
        } catch (IOException e) {
            return null;
        }
    }

    /**
     * What a symbolic link says, whether or not there is such a file.
     *
     * @throws IOException when it cannot be told, or there is no such link
     */
    public String linkText(String link) throws IOException {
        return Files.readSymbolicLink(new File(root, link).toPath()).toString();
    }

    /** The text of a small file without white space around it; null when there is none or it is empty. */
    public @Nullable String text(String path, Problems problems) {
        try (KernelFile file = file(path)) {
            return text(file, problems);
        } catch (IOException e) {
            return null;
        }
    }

    /** Like {@link #text(String, Problems)}, of a file that is kept open. */
    public static @Nullable String text(KernelFile file, Problems problems) {
        Cursor cursor = attribute(file, problems);
        String text = cursor == null ? "" : cursor.all().strip();
        return text.isEmpty() ? null : text;
    }

    /**
     * The whole number that is all a small file says; null when there is none. Its line must end: of a number that was
     * cut short nothing else would tell.
     */
    public @Nullable Long number(String path, Problems problems) {
        try (KernelFile file = file(path)) {
            return number(file, problems);
        } catch (IOException e) {
            return null;
        }
    }

    /** Like {@link #number(String, Problems)}, of a file that is kept open. */
    public static @Nullable Long number(KernelFile file, Problems problems) {
        Cursor cursor = attribute(file, problems);
        if (cursor == null || cursor.atEnd()) {
            return null;
        }
        try {
            long number = cursor.number();
            if (!cursor.accept("\n") || !cursor.atEnd()) {
                throw cursor.expected("a line with one number");
            }
            return number;
        } catch (KernelFormatException e) {
            problems.failed(String.valueOf(e.getMessage()));
            return null;
        }
    }

    /** Like {@link #text(KernelFile, Problems)}, for what is neither: the cursor is null when there is nothing to read. */
    public static @Nullable Cursor attribute(KernelFile file, Problems problems) {
        try {
            return file.read();
        } catch (NoSuchFileException e) {
            return null;
        } catch (AccessDeniedException e) {
            problems.denied(String.valueOf(e.getMessage()));
            return null;
        } catch (FileSystemException e) {
            problems.failed(String.valueOf(e.getMessage()));
            return null;
        } catch (IOException e) {
            // A sensor without a value answers so (ENODATA, ENXIO, EAGAIN ...): not known, and no fault.
            return null;
        }
    }
}

package io.smi.core.nvidia;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import java.io.File;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The real library, called by JNA, which is not loaded where this is not used. */
final class NvmlLibrary implements Nvml {
    private final NativeLibrary library;
    private final Map<String, Optional<Function>> functions = new ConcurrentHashMap<>();

    private NvmlLibrary(NativeLibrary library) {
        this.library = library;
    }

    /**
     * Loads the library from this file, by its absolute path.
     *
     * @throws IOException when it cannot be loaded: built for another kind of machine, or lacking what it needs itself
     */
    static Nvml load(File file) throws IOException {
        if (System.getProperty("jna.platform.library.path") == null) {
            // JNA starts a child, ldconfig, to find the folders of libraries, unless it is told them.
            System.setProperty("jna.platform.library.path", "/usr/lib");
        }
        try {
            return new NvmlLibrary(NativeLibrary.getInstance(file.getAbsolutePath()));
        } catch (LinkageError e) {
            throw new IOException("cannot load " + file + ": " + firstLine(String.valueOf(e.getMessage())), e);
        }
    }

    private static String firstLine(String message) {
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }

    @Override
    public int call(String function, Object... arguments) {
        Optional<Function> known = functions.computeIfAbsent(function, this::find);
        return known.isPresent() ? known.get().invokeInt(arguments) : NvmlReturn.FUNCTION_NOT_FOUND;
    }

    private Optional<Function> find(String function) {
        try {
            return Optional.of(library.getFunction(function));
        } catch (UnsatisfiedLinkError e) {
            return Optional.empty();
        }
    }
}

package io.smi.core.command;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import org.jspecify.annotations.Nullable;

/** prctl(2) and waitpid(2) of the C library, by JNA, which is loaded when the first command is run. */
final class SubreaperLibrary {
    private static final int PR_SET_CHILD_SUBREAPER = 36;
    private static final int WNOHANG = 1;

    private final Function waitpid;

    private SubreaperLibrary(Function waitpid) {
        this.waitpid = waitpid;
    }

    /** From now on, what loses its parent among this process' descendants is its child. Null where that cannot be had. */
    static @Nullable SubreaperLibrary load() {
        try {
            NativeLibrary libc = NativeLibrary.getProcess();
            int failed = libc.getFunction("prctl").invokeInt(new Object[] {PR_SET_CHILD_SUBREAPER, 1L, 0L, 0L, 0L});
            return failed == 0 ? new SubreaperLibrary(libc.getFunction("waitpid")) : null;
        } catch (LinkageError e) {
            return null;
        }
    }

    /** Whether this child was a zombie, and is none any more. */
    boolean reap(long pid) {
        return waitpid.invokeInt(new Object[] {(int) pid, null, WNOHANG}) > 0;
    }
}

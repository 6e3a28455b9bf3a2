package io.smi.core.chassis;

import io.smi.core.Problems;
import io.smi.core.StaticReader;
import io.smi.core.chassis.KernelReader.Kernel;
import io.smi.core.kernel.KernelFiles;
import io.smi.core.kernel.Roots;
import org.jspecify.annotations.Nullable;

/** What system runs, since which boot: {@code /proc/sys/kernel} and {@code os-release}. */
public final class KernelReader extends StaticReader<Kernel> {
    private static final String PRETTY_NAME = "PRETTY_NAME=";

    private final KernelFiles proc;
    private final KernelFiles root;

    /** Reads the kernel's names from this procfs, the distribution's from this root. */
    public KernelReader(Roots roots) {
        this.proc = roots.proc();
        this.root = roots.root();
    }

    /**
     * The running system.
     *
     * @param os the distribution's name for itself
     * @param release the kernel's
     * @param bootId made at random by each boot
     */
    public record Kernel(
            @Nullable String os,
            @Nullable String release,
            @Nullable String bootId) {}

    @Override
    protected @Nullable Kernel readOnce(Problems problems) {
        String os = prettyName(root.text("etc/os-release", problems));
        if (os == null) {
            os = prettyName(root.text("usr/lib/os-release", problems));
        }
        String release = proc.text("sys/kernel/osrelease", problems);
        String bootId = proc.text("sys/kernel/random/boot_id", problems);
        return os == null && release == null && bootId == null ? null : new Kernel(os, release, bootId);
    }

    /** PRETTY_NAME of an os-release file; null when it has none. */
    static @Nullable String prettyName(@Nullable String osRelease) {
        int at = 0;
        while (osRelease != null && at < osRelease.length()) {
            int end = osRelease.indexOf('\n', at);
            end = end < 0 ? osRelease.length() : end;
            if (osRelease.startsWith(PRETTY_NAME, at)) {
                return unquote(
                        osRelease.substring(at + PRETTY_NAME.length(), end).strip());
            }
            at = end + 1;
        }
        return null;
    }

    /** The value of an assignment as a shell would read it; null when it is empty or its quote is not closed. */
    private static @Nullable String unquote(String word) {
        char quote = word.isEmpty() ? ' ' : word.charAt(0);
        if (quote != '"' && quote != '\'') {
            return word.isEmpty() ? null : word;
        }
        StringBuilder value = new StringBuilder(word.length());
        for (int i = 1; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c == quote) {
                return value.isEmpty() ? null : value.toString();
            }
            if (c == '\\' && quote == '"' && i + 1 < word.length() && "\"\\$`".indexOf(word.charAt(i + 1)) >= 0) {
                i++;
            }
            value.append(word.charAt(i));
        }
        return null;
    }
}

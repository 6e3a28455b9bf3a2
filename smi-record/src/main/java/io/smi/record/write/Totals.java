package io.smi.record.write;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What one run has recorded so far.
 *
 * @param frames how many
 * @param content bytes of lines, with their ends
 * @param written bytes that they take in their files
 * @param files how many files they are in
 * @param file the newest of these; null for a stream
 * @param lastSeq of the last frame, which may be an earlier run's; 0 when there is none
 */
public record Totals(
        long frames,
        long content,
        long written,
        int files,
        @Nullable Path file,
        long lastSeq) {

    /** Both together, of which the other is the later. */
    Totals plus(Totals later) {
        return new Totals(
                frames + later.frames,
                content + later.content,
                written + later.written,
                files + later.files,
                later.file,
                later.lastSeq == 0 ? lastSeq : later.lastSeq);
    }
}

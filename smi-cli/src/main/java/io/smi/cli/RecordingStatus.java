package io.smi.cli;

import io.smi.cli.text.Human;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a recording is going.
 *
 * @param file its name
 * @param frames written
 * @param contentBytes of these frames, before compression
 * @param fileBytes on disk, all segments together
 * @param dropped ticks that came and went without a frame
 * @param freeBytes on the disk; null when not known, or when there is no disk
 */
record RecordingStatus(
        String file,
        long frames,
        long contentBytes,
        long fileBytes,
        long dropped,
        @Nullable Long freeBytes) {

    /**
     * For a {@link StatusLine}; what matters least comes last, where a narrow terminal cuts.
     *
     * @param elapsed since it began
     */
    String text(Duration elapsed) {
        StringBuilder text = new StringBuilder("recording ").append(file);
        text.append("  ").append(Human.time(elapsed.toSeconds()));
        text.append("  ").append(count(frames, "frame"));
        text.append("  ").append(Human.bytes(fileBytes));
        if (fileBytes > 0 && contentBytes != fileBytes) {
            text.append(" (")
                    .append(Human.threeDigits((double) contentBytes / fileBytes))
                    .append("x)");
        }
        if (dropped > 0) {
            text.append("  ").append(count(dropped, "tick")).append(" dropped");
        }
        if (freeBytes != null) {
            text.append("  free ").append(Human.bytes(freeBytes));
        }
        return text.toString();
    }

    private static String count(long count, String noun) {
        return count + " " + (count == 1 ? noun : noun + "s");
    }
}

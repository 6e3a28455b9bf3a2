package io.smi.record.read;

import org.jspecify.annotations.Nullable;

/** Something about a recording that its reader should know: what cannot be read, and what is missing. */
public sealed interface Finding {
    /** For people, in one line, with the file's name. */
    String message();

    /** Whether bytes of the recording are not what was written; else only frames are missing. */
    boolean damage();

    /**
     * Bytes that cannot be read, with more to read after them.
     *
     * @param from the first of these bytes
     * @param to the byte after the last
     * @param lastSeq of the frame before; null when there is none
     * @param nextSeq of the frame after; null when there is none
     */
    record Damaged(
            String file,
            long from,
            long to,
            @Nullable Long lastSeq,
            @Nullable Long nextSeq) implements Finding {
        @Override
        public String message() {
            return file + ": damaged from byte " + from + " to " + to + ", " + lost();
        }

        private String lost() {
            if (nextSeq == null) {
                return "after " + (lastSeq == null ? "no frame" : "seq " + lastSeq);
            } else if (lastSeq == null) {
                return "all before seq " + nextSeq + " is lost";
            } else if (nextSeq == lastSeq + 1) {
                return "no frame is lost";
            }
            return "seq " + (lastSeq + 1) + " to " + (nextSeq - 1) + " are lost";
        }

        @Override
        public boolean damage() {
            return true;
        }
    }

    /**
     * The recording ends in the middle: its writer was killed, or still writes. All whole lines were read, the last ones
     * without a checksum.
     *
     * @param at the first byte after the last whole line
     * @param bytes how many there are that make no whole line
     * @param lastSeq of the last whole line; null when there is none
     */
    record Torn(String file, long at, long bytes, @Nullable Long lastSeq) implements Finding {
        @Override
        public String message() {
            String after = lastSeq == null ? "before the first frame" : "after seq " + lastSeq;
            if (bytes == 0) {
                return file + ": was not closed, or is being written: ends at byte " + at + ", " + after
                        + ", without a checksum";
            }
            return file + ": torn at byte " + at + ", " + after + ": " + bytes + " bytes are no whole frame";
        }

        @Override
        public boolean damage() {
            return true;
        }
    }

    /**
     * A line that holds no frame.
     *
     * @param at the line's first byte; in a compressed file that of the chunk which holds it
     */
    record BadLine(String file, long at, String reason) implements Finding {
        @Override
        public String message() {
            return file + ": no frame in a line at byte " + at + ": " + reason;
        }

        @Override
        public boolean damage() {
            return true;
        }
    }

    /** A frame whose number is not larger than that of the one before. */
    record OutOfOrder(String file, long at, long lastSeq, long seq) implements Finding {
        @Override
        public String message() {
            return file + ": seq " + seq + " comes after " + lastSeq + ", at byte " + at;
        }

        @Override
        public boolean damage() {
            return true;
        }
    }

    /** Frames that are not there, without a damaged byte: nobody recorded them, or a line was taken out. */
    record Gap(String file, long lastSeq, long nextSeq) implements Finding {
        /** How many frames are missing. */
        public long missing() {
            return nextSeq - lastSeq - 1;
        }

        @Override
        public String message() {
            return file + ": " + missing() + (missing() == 1 ? " frame is" : " frames are") + " missing between seq "
                    + lastSeq + " and " + nextSeq;
        }

        @Override
        public boolean damage() {
            return false;
        }
    }
}

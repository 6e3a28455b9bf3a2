package io.smi.core.kernel;

import io.smi.core.Problems;

/** What could not be read of processes in one pass over them. A thousand that may not be read are one problem, not a thousand. */
public final class ProcessTroubles {
    private final Trouble denied = new Trouble();
    private final Trouble failed = new Trouble();

    /** A permission is lacking. */
    public void denied(int pid, String message) {
        denied.add(pid, message);
    }

    /** Something of it cannot be read or understood. */
    public void failed(int pid, String message) {
        failed.add(pid, message);
    }

    /** Reports each kind once, for a pass that met so many processes. */
    public void report(Problems problems, int processes) {
        if (denied.processes > 0) {
            problems.denied(denied.message(processes));
        }
        if (failed.processes > 0) {
            problems.failed(failed.message(processes));
        }
    }

    /** The first of its kind, and how many processes have it. */
    private static final class Trouble {
        private int processes;
        private int lastPid;
        private String first = "";

        void add(int pid, String message) {
            if (processes == 0) {
                first = message;
            }
            if (processes == 0 || pid != lastPid) {
                processes++;
                lastPid = pid;
            }
        }

        String message(int total) {
            return first + " (" + processes + " of " + total + " processes)";
        }
    }
}

package io.smi.core.process;

import io.smi.core.kernel.Cursor;
import io.smi.core.kernel.KernelFormatException;

/**
 * One process's {@code /proc/[pid]/stat}. Its rss is left out: the kernel keeps that sum per CPU and adds it up only
 * roughly here, but to the page in {@code /proc/[pid]/statm}.
 *
 * @param name comm: at most 15 bytes of a program, with whatever characters it likes, parentheses too
 * @param state one letter
 * @param kernelThread whether it is the kernel's own, with no program and no command line
 * @param cpuTicks utime and stime of all its threads, those that have ended too
 * @param startTicks since boot; what tells two processes of one pid apart
 */
record ProcessStat(
        String name,
        String state,
        int ppid,
        boolean kernelThread,
        long cpuTicks,
        int priority,
        int nice,
        int threads,
        long startTicks,
        long virtualBytes) {
    /** USER_HZ, which is 100 on every architecture that Java runs on, whatever HZ the kernel was built for. */
    static final long TICKS_PER_SECOND = 100;

    private static final long PF_KTHREAD = 0x0020_0000;

    static ProcessStat parse(Cursor text, int pid) throws KernelFormatException {
        if (text.number() != pid || !text.accept(" (")) {
            throw text.expected("pid " + pid + " and a name");
        }
        String name = text.upToLast(')');
        if (name == null) {
            throw text.expected("a name in parentheses");
        }
        String state = text.word();
        int ppid = integer(text);
        text.skipWords(4); // pgrp session tty_nr tpgid
        boolean kernelThread = (text.number() & PF_KTHREAD) != 0;
        text.skipWords(4); // minflt cminflt majflt cmajflt
        long cpuTicks = text.number() + text.number();
        text.skipWords(2); // cutime cstime
        int priority = integer(text);
        int nice = integer(text);
        int threads = integer(text);
        text.skipWords(1); // itrealvalue
        long startTicks = text.number();
        long virtualBytes = text.number();
        if (!text.accept(" ")) {
            throw text.expected("more after vsize");
        }
        return new ProcessStat(
                CommandLine.printable(name),
                state,
                ppid,
                kernelThread,
                cpuTicks,
                priority,
                nice,
                threads,
                startTicks,
                virtualBytes);
    }

    private static int integer(Cursor text) throws KernelFormatException {
        long value = text.number();
        if (value != (int) value) {
            throw text.expected("a number of 32 bits before this place");
        }
        return (int) value;
    }
}

package io.smi.cli.table;

import io.smi.cli.text.Human;
import io.smi.schema.ProcessInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The processes that use the machine most: by CPU, then by memory. */
final class ProcessBlock {
    private static final int MOST = 20;

    private static final Comparator<ProcessInfo> BY_USE = Comparator.<ProcessInfo>comparingDouble(
                    process -> Objects.requireNonNullElse(process.cpuPercent(), 0.0))
            .thenComparingLong(process -> Objects.requireNonNullElse(process.memoryRssBytes(), 0L))
            .reversed();

    private ProcessBlock() {}

    static void print(Sheet sheet, List<ProcessInfo> processes) {
        sheet.end();
        sheet.bold("    PID USER        CPU %     MEM  THR S COMMAND").end();
        List<ProcessInfo> sorted = new ArrayList<>(processes);
        sorted.sort(BY_USE);
        for (ProcessInfo process : sorted.subList(0, Math.min(MOST, sorted.size()))) {
            row(sheet, process);
        }
        if (sorted.size() > MOST) {
            sheet.dim("    and " + (sorted.size() - MOST) + " more, all of them with --json")
                    .end();
        }
    }

    private static void row(Sheet sheet, ProcessInfo process) {
        sheet.right(process.pid().toString(), 7).text(" ").fit(text(process.user()), 17);
        Double cpu = process.cpuPercent();
        sheet.right(cpu == null ? Human.UNKNOWN : Human.decimals(cpu, 1), 25);
        sheet.right(Human.bytes(process.memoryRssBytes()), 34);
        sheet.right(
                process.threads() == null ? Human.UNKNOWN : process.threads().toString(), 39);
        sheet.text(" " + text(process.state()) + " ");
        sheet.fit(process.command() == null ? "[" + text(process.name()) + "]" : process.command(), Sheet.WIDTH)
                .end();
    }

    private static String text(@Nullable String value) {
        return value == null ? Human.UNKNOWN : value;
    }
}

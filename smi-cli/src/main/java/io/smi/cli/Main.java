package io.smi.cli;

import io.smi.core.Collector;
import io.smi.core.Readers;
import io.smi.core.kernel.Roots;
import io.smi.core.process.CmdlineMode;
import io.smi.schema.EncodedFrame;
import io.smi.schema.Section;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.time.Duration;

/** The program's entry. */
public final class Main {
    private Main() {}

    /** Runs a command. */
    public static void main(String[] args) throws IOException {
        try (Collector collector =
                new Collector(Readers.linux(Roots.system(), CmdlineMode.REDACTED), 1, Duration.ofSeconds(2))) {
            byte[] bytes = EncodedFrame.of(collector.collect(Section.DEFAULTS)).bytes();
            FileOutputStream out = new FileOutputStream(FileDescriptor.out);
            out.write(bytes);
            out.write('\n');
        }
    }
}

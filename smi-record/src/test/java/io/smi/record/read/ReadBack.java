package io.smi.record.read;

import io.smi.record.Line;
import io.smi.record.codec.Input;
import io.smi.record.codec.PipeSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a reader makes of some bytes. */
record ReadBack(List<Line> lines, List<Finding> findings) {
    static ReadBack of(String name, byte[] bytes) {
        List<Line> lines = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        Input in = new Input(new PipeSource(new ByteArrayInputStream(bytes)));
        try (Lines reader = new Lines(name, in, false, null, findings::add)) {
            Line line = reader.next();
            while (line != null) {
                lines.add(line);
                line = reader.next();
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return new ReadBack(lines, findings);
    }
}

package io.smi.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.core.Problems;
import io.smi.core.kernel.Cursor;
import io.smi.core.memory.MeminfoReader.Meminfo;
import org.junit.jupiter.api.Test;

class MeminfoReaderTest {
    private final Problems problems = new Problems();

    @Test
    void valuesAreInBytes() {
        Meminfo meminfo = parse("""
                MemTotal:       24684084 kB
                MemFree:        22786192 kB
                MemAvailable:   24208664 kB
                Buffers:           13548 kB
                Cached:          1571544 kB
                SwapCached:            0 kB
                Dirty:              2560 kB
                Shmem:              8872 kB
                SwapTotal:       1048576 kB
                SwapFree:        1000000 kB
                """);
        assertThat(meminfo)
                .isEqualTo(new Meminfo(
                        24684084L << 10,
                        22786192L << 10,
                        24208664L << 10,
                        13548L << 10,
                        1571544L << 10,
                        2560L << 10,
                        8872L << 10,
                        1048576L << 10,
                        1000000L << 10));
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void aLineThatTheKernelDoesNotPrintIsNull() {
        Meminfo meminfo = parse("MemTotal:       24684084 kB\nMemFree:        22786192 kB\n");
        assertThat(meminfo.available()).isNull();
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void aNumberCutShortIsNoNumber() {
        Meminfo meminfo = parse("MemTotal:       24684084 kB\nMemFree:        2278");
        assertThat(meminfo.free()).isNull();
        assertThat(problems.list())
                .extracting(Problems.Problem::message)
                .containsExactly("test: expected a number of kB in \"MemFree:        2278\"");
    }

    @Test
    void anEmptyFileIsAProblem() {
        assertThat(parse("").total()).isNull();
        assertThat(problems.list()).extracting(Problems.Problem::message).containsExactly("test: has no MemTotal");
    }

    private Meminfo parse(String text) {
        return MeminfoReader.parse(Cursor.of(text), problems);
    }
}

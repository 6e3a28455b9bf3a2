package io.smi.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class StaticReaderTest {
    private String cpus = "0-3";
    private boolean broken;
    private int calls;

    private final StaticReader<String> reader = new StaticReader<>() {
        @Override
        protected Object holdFor(Problems problems) {
            return cpus;
        }

        @Override
        protected String readOnce(Problems problems) throws IOException {
            calls++;
            if (broken) {
                throw new IOException("Input/output error");
            }
            problems.failed("cache of " + cpus);
            return "topology of " + cpus;
        }
    };

    @Test
    void readsOnceAndTellsItsProblemsEveryTime() throws IOException {
        for (int i = 0; i < 2; i++) {
            assertReads("0-3");
        }
        assertThat(calls).isEqualTo(1);
    }

    @Test
    void readsAnewWhenTheFactsHoldNoMore() throws IOException {
        assertReads("0-3");
        cpus = "0-7";
        assertReads("0-7");
        assertThat(calls).isEqualTo(2);
    }

    @Test
    void readsAnewAfterItFailed() throws IOException {
        assertReads("0-3");
        cpus = "0-7";
        broken = true;
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> reader.read(new Problems())).isInstanceOf(IOException.class);
        }
        broken = false;
        assertReads("0-7");
        assertThat(calls).isEqualTo(4);
    }

    private void assertReads(String expected) throws IOException {
        Problems problems = new Problems();
        assertThat(reader.read(problems)).isEqualTo("topology of " + expected);
        assertThat(problems.list()).extracting(Problems.Problem::message).containsExactly("cache of " + expected);
    }
}

package io.smi.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class GridTest {
    private static final long MS = 1_000_000;

    private final Grid grid = new Grid(Duration.ofMillis(100), 0);

    @Test
    void ticksStayOnTheGridHoweverLateTheWork() {
        assertThat(grid.advance(30 * MS)).isZero();
        assertThat(grid.tickNanos()).isEqualTo(100 * MS);
        assertThat(grid.advance(199 * MS)).isZero();
        assertThat(grid.tickNanos()).isEqualTo(200 * MS);
    }

    @Test
    void missedTicksAreDroppedAndCounted() {
        assertThat(grid.advance(350 * MS)).isEqualTo(3);
        assertThat(grid.tickNanos()).isEqualTo(400 * MS);
        assertThat(grid.advance(401 * MS)).isZero();
        assertThat(grid.tickNanos()).isEqualTo(500 * MS);
    }

    @Test
    void aTickThatIsWorkedOffTooEarlyIsNotRepeated() {
        grid.advance(10 * MS);
        assertThat(grid.advance(20 * MS)).isZero();
        assertThat(grid.tickNanos()).isEqualTo(200 * MS);
    }

    @Test
    void awaitSleepsUntilTheTick() throws InterruptedException {
        long start = System.nanoTime();
        Grid real = new Grid(Duration.ofMillis(20), start);
        real.await();
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(20 * MS);
    }

    @Test
    void noIntervalIsRefused() {
        assertThatThrownBy(() -> new Grid(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }
}

package io.smi.core.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.schema.Section;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DemandTest {
    private final Demand demand = new Demand(Set.of(Section.MEMORY), 100);

    @Test
    void withoutAnyoneItIsWhatIsAlwaysRead() {
        assertThat(demand.at(0)).containsExactly(Section.MEMORY);
    }

    @Test
    void aSectionIsReadUntilItsLastStreamEnds() {
        demand.open(Set.of(Section.PROCESS));
        demand.open(Set.of(Section.PROCESS, Section.GPU));
        demand.close(Set.of(Section.PROCESS));
        assertThat(demand.at(0)).containsExactly(Section.GPU, Section.MEMORY, Section.PROCESS);
        demand.close(Set.of(Section.PROCESS, Section.GPU));
        assertThat(demand.at(0)).containsExactly(Section.MEMORY);
    }

    @Test
    void aRequestIsRememberedForAWhile() {
        demand.request(Set.of(Section.STORAGE), 1_000);
        assertThat(demand.at(1_100)).contains(Section.STORAGE);
        demand.request(Set.of(Section.STORAGE), 1_100);
        assertThat(demand.at(1_200)).contains(Section.STORAGE);
        assertThat(demand.at(1_201)).containsExactly(Section.MEMORY);
    }

    @Test
    void theClockMayRunOver() {
        demand.request(Set.of(Section.STORAGE), Long.MAX_VALUE - 10);
        assertThat(demand.at(Long.MIN_VALUE + 50)).contains(Section.STORAGE);
    }
}

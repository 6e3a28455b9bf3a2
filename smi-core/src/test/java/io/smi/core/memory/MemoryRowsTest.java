package io.smi.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.core.Readings;
import io.smi.core.memory.CgroupMemoryReader.Confinement;
import io.smi.core.memory.MeminfoReader.Meminfo;
import io.smi.schema.EccCounts;
import io.smi.schema.Memory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemoryRowsTest {
    private static final Meminfo MEMINFO = new Meminfo(1000L, 200L, 400L, 10L, 300L, 5L, 20L, 100L, 75L);

    @Test
    void whatIsUsedIsWhatIsNotAvailable() {
        Memory row = row(Map.of(MeminfoReader.class, MEMINFO));
        assertThat(row)
                .isEqualTo(new Memory(
                        1000L, 600L, 400L, 200L, 10L, 300L, 20L, 5L, 60.0, 100L, 25L, 75L, null, null, null));
    }

    @Test
    void aLimitBelowAllMemoryConfines() {
        Memory row = row(Map.of(MeminfoReader.class, MEMINFO, CgroupMemoryReader.class, new Confinement(999, 50L)));
        assertThat(row.limitBytes()).isEqualTo(999);
        assertThat(row.limitUsedBytes()).isEqualTo(50);
    }

    @Test
    void aLimitOfAllMemoryDoesNot() {
        Memory row = row(Map.of(MeminfoReader.class, MEMINFO, CgroupMemoryReader.class, new Confinement(1000, 50L)));
        assertThat(row.limitBytes()).isNull();
        assertThat(row.limitUsedBytes()).isNull();
    }

    @Test
    void oneReaderIsEnoughForARow() {
        EccCounts ecc = new EccCounts(3L, 0L);
        assertThat(row(Map.of(EdacReader.class, ecc)).ecc()).isEqualTo(ecc);
        assertThat(row(Map.of(CgroupMemoryReader.class, new Confinement(999, null)))
                        .limitBytes())
                .isEqualTo(999);
    }

    @Test
    void thereIsNoRowOfNothing() {
        assertThat(MemoryRows.of(Readings.of(Map.of(), Map.of(), 1))).isEmpty();
    }

    private static Memory row(Map<Class<?>, ?> now) {
        List<Memory> rows = MemoryRows.of(Readings.of(Map.of(), now, 1));
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }
}

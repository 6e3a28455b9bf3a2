package io.smi.core.chassis;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.core.Span;
import io.smi.core.chassis.PowerSupplyReader.Kind;
import io.smi.core.chassis.PowerSupplyReader.Supply;
import io.smi.core.hwmon.Chip;
import io.smi.core.hwmon.Chip.PowerMeter;
import io.smi.core.rapl.Rapl;
import io.smi.schema.PowerSupply;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodePowerTest {
    private static final Span<Rapl> PROCESSORS =
            span(new Rapl(Map.of(0, 100.0, 1, 200.0), true), new Rapl(Map.of(0, 130.0, 1, 215.0), true));
    private static final NodePower RAPL = new NodePower(45, "rapl", 345.0);
    private static final Supply DISCHARGING = battery("Discharging", 9.5);

    @Test
    void nothingMeasuresIt() {
        assertThat(NodePower.of(List.of(), null, List.of(), null)).isNull();
    }

    @Test
    void theMeterOfThePlatformGoesFirstThenTheModulesThenTheBatteryThenTheProcessors() {
        List<Chip> meter = List.of(chip("power_meter", null, 311.0));
        List<Supply> battery = List.of(DISCHARGING);
        assertThat(NodePower.of(meter, null, battery, PROCESSORS)).isEqualTo(new NodePower(311, "bmc", null));
        assertThat(NodePower.of(meter, 7.5, battery, PROCESSORS)).isEqualTo(new NodePower(311, "bmc", null));
        assertThat(NodePower.of(List.of(), 7.5, battery, PROCESSORS)).isEqualTo(new NodePower(7.5, "module", null));
        assertThat(NodePower.of(List.of(), 0.0, battery, PROCESSORS)).isEqualTo(new NodePower(9.5, "battery", null));
        assertThat(NodePower.of(List.of(), null, battery, PROCESSORS)).isEqualTo(new NodePower(9.5, "battery", null));
        assertThat(NodePower.of(List.of(), null, List.of(), PROCESSORS)).isEqualTo(RAPL);
    }

    @ParameterizedTest
    @CsvSource({
        "power_meter, ,                         true",
        "ibmpowernv,  System,                   true",
        "ibmpowernv,  Processor 0,              false",
        "macsmc_hwmon, Total System Power,      true",
        "macsmc_hwmon, Heatpipe Power,          false",
        "amdgpu,      PPT,                      false",
        "ina3221,     ,                         false",
        "BAT0,        ,                         false",
    })
    void onlyMetersOfTheWholeMachineCount(String driver, @Nullable String label, boolean counts) {
        assertThat(NodePower.of(List.of(chip(driver, label, 20.0)), null, List.of(), null) != null)
                .isEqualTo(counts);
    }

    @Test
    void aMeterWithoutAReadingDoesNotCount() {
        List<Chip> meters = List.of(chip("power_meter", null, null), chip("power_meter", null, 0.0));
        assertThat(NodePower.of(meters, null, List.of(), PROCESSORS)).isEqualTo(RAPL);
    }

    @Test
    void batteriesAddUp() {
        List<Supply> supplies = List.of(DISCHARGING, battery("Discharging", 3.0), battery("Not charging", 0.0));
        assertThat(NodePower.of(List.of(), null, supplies, null)).isEqualTo(new NodePower(12.5, "battery", null));
    }

    @Test
    void aBatteryOfUnknownPowerMakesTheSumUnknown() {
        assertThat(NodePower.of(List.of(), null, List.of(DISCHARGING, battery("Discharging", null)), null))
                .isNull();
    }

    @Test
    void aBatteryThatOnlyHelpsOutIsNotTheWholePower() {
        Supply mains = new Supply(new PowerSupply("AC", "online", null), Kind.ADAPTER);
        assertThat(NodePower.of(List.of(), null, List.of(DISCHARGING, mains), null))
                .isNull();
    }

    @Test
    void chargingAndPeripheralBatteriesDoNotCount() {
        Supply mouse = new Supply(new PowerSupply("hid-0", "Discharging", 0.1), Kind.PERIPHERAL);
        assertThat(NodePower.of(List.of(), null, List.of(mouse, battery("Charging", 40.0)), null))
                .isNull();
    }

    private static Supply battery(String status, @Nullable Double watts) {
        return new Supply(new PowerSupply("BAT", status, watts), Kind.BATTERY);
    }

    private static Chip chip(String driver, @Nullable String label, @Nullable Double watts) {
        return new Chip(driver, null, List.of(), List.of(), List.of(new PowerMeter(label, watts)));
    }

    @Test
    void oneProcessorThatIsNotKnownAtEitherEndSpoilsTheSum() {
        Rapl first = new Rapl(Map.of(0, 100.0), false);
        Rapl firstOfTwo = new Rapl(Map.of(0, 100.0, 1, 200.0), true);
        Rapl last = new Rapl(Map.of(0, 130.0), false);
        Rapl lastOfTwo = new Rapl(Map.of(0, 130.0, 1, 215.0), true);
        assertThat(NodePower.of(List.of(), null, List.of(), span(first, lastOfTwo)))
                .isNull();
        assertThat(NodePower.of(List.of(), null, List.of(), span(firstOfTwo, last)))
                .isNull();
        assertThat(NodePower.of(List.of(), null, List.of(), span(first, last))).isNull();
    }

    private static Span<Rapl> span(Rapl before, Rapl after) {
        return new Span<>(before, after, 1_000_000_000);
    }
}

package io.smi.core.chassis;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.core.Problems;
import io.smi.core.chassis.PowerSupplyReader.Kind;
import io.smi.core.chassis.PowerSupplyReader.Supply;
import io.smi.core.kernel.FileTree;
import io.smi.schema.PowerSupply;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PowerSupplyReaderTest {
    @TempDir
    private Path folder;

    private final Problems problems = new Problems();
    private FileTree tree;
    private PowerSupplyReader reader;

    @BeforeEach
    void noSupply() {
        tree = new FileTree(folder).folder("sys/class/power_supply");
        reader = new PowerSupplyReader(tree.roots());
    }

    @Test
    void aMachineThatShowsNoSupplyHasNone() throws IOException {
        assertThat(reader.read(problems)).isNull();
    }

    @Test
    void aBatteryHasItsStatusAndPower() throws IOException {
        supply("BAT0", "type", "Battery");
        supply("BAT0", "status", "Discharging");
        supply("BAT0", "online", "1");
        supply("BAT0", "power_now", "9214000");
        supply("BAT0", "current_now", "1");
        supply("BAT0", "voltage_now", "1");
        assertThat(reader.read(problems))
                .containsExactly(new Supply(new PowerSupply("BAT0", "Discharging", 9.214), Kind.BATTERY));
    }

    @Test
    void powerIsWorkedOutFromCurrentAndVoltageWhicheverWayItFlows() throws IOException {
        supply("BAT1", "type", "Battery");
        supply("BAT1", "status", "Unknown");
        supply("BAT1", "current_now", "-1250000");
        supply("BAT1", "voltage_now", "12000000");
        assertThat(reader.read(problems))
                .containsExactly(new Supply(new PowerSupply("BAT1", null, 15.0), Kind.BATTERY));
    }

    @Test
    void anAdapterIsOnlineOrOffline() throws IOException {
        supply("AC", "type", "Mains");
        supply("AC", "online", "0");
        supply("usb", "type", "USB");
        supply("usb", "online", "2");
        assertThat(reader.read(problems))
                .containsExactly(
                        new Supply(new PowerSupply("AC", "offline", null), Kind.ADAPTER),
                        new Supply(new PowerSupply("usb", "online", null), Kind.ADAPTER));
    }

    @Test
    void theBatteryOfAMouseDoesNotRunTheMachine() throws IOException {
        supply("hidpp_battery_0", "type", "Battery");
        supply("hidpp_battery_0", "scope", "Device");
        supply("hidpp_battery_0", "status", "Discharging");
        assertThat(reader.read(problems)).extracting(Supply::kind).containsExactly(Kind.PERIPHERAL);
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void garbageIsNullAndTold() throws IOException {
        supply("BAT0", "type", "Battery");
        supply("BAT0", "power_now", "much");
        assertThat(reader.read(problems))
                .containsExactly(new Supply(new PowerSupply("BAT0", null, null), Kind.BATTERY));
        assertThat(problems.list()).hasSize(1);
    }

    private void supply(String name, String attribute, String text) {
        tree.file("sys/class/power_supply/" + name + "/" + attribute, text + "\n");
    }
}

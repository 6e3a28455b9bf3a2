package io.smi.core.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.core.kernel.FileTree;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockDevicesTest {
    private static final String NVME = "sys/devices/pci0000:00/0000:04:00.0/nvme/nvme0/nvme0n1";
    private static final String SATA = "sys/devices/pci0000:00/ata1/host0/target0:0:0/0:0:0:0/block/sda";

    private FileTree tree;
    private BlockDevices devices;

    @BeforeEach
    void start(@TempDir Path folder) {
        tree = new FileTree(folder);
        devices = new BlockDevices(tree.roots().sys());
    }

    private void device(String number, String name, String path) {
        tree.folder(path).link("sys/dev/block/" + number, path).link("sys/class/block/" + name, path);
    }

    private void slave(String of, String name) {
        tree.folder("sys/devices/virtual/block/" + of + "/slaves/" + name);
    }

    @Test
    void aPartitionIsOnItsDrive() {
        device("259:2", "nvme0n1p2", NVME + "/nvme0n1p2");
        device("8:1", "sda1", SATA + "/sda1");
        assertThat(devices.drive(Disk.number(259, 2))).contains("/nvme0/");
        assertThat(devices.drive(Disk.number(8, 1))).contains("/0:0:0:0/");
    }

    @Test
    void aMappedDeviceIsOnTheDriveBelowIt() {
        device("259:2", "nvme0n1p2", NVME + "/nvme0n1p2");
        device("253:0", "dm-0", "sys/devices/virtual/block/dm-0");
        device("253:1", "dm-1", "sys/devices/virtual/block/dm-1");
        slave("dm-0", "nvme0n1p2");
        slave("dm-1", "dm-0");
        assertThat(devices.drive(Disk.number(253, 1))).contains("/nvme0/");
    }

    @Test
    void onSeveralDrivesItIsOnNone() {
        device("8:1", "sda1", SATA + "/sda1");
        device("9:0", "md0", "sys/devices/virtual/block/md0");
        slave("md0", "sda1");
        slave("md0", "sdb1");
        assertThat(devices.drive(Disk.number(9, 0))).isNull();
    }

    @Test
    void aRingOfDevicesEnds() {
        device("253:0", "dm-0", "sys/devices/virtual/block/dm-0");
        slave("dm-0", "dm-0");
        assertThat(devices.drive(Disk.number(253, 0))).isNull();
    }

    @Test
    void aDriveBehindSeveralControllersHasNoneOfItsOwn() {
        String subsystem = "sys/devices/virtual/nvme-subsystem/nvme-subsys0";
        device("259:0", "nvme0n1", subsystem + "/nvme0n1");
        tree.link("sys/class/nvme-subsystem/nvme-subsys0", subsystem).folder(subsystem + "/nvme3");
        assertThat(devices.drive(Disk.number(259, 0))).isEqualTo("/nvme3/");
        tree.folder(subsystem + "/nvme4");
        assertThat(devices.drive(Disk.number(259, 0))).isNull();
    }

    @Test
    void whatSysfsDoesNotShowIsOnNone() {
        assertThat(devices.drive(Disk.number(8, 99))).isNull();
    }
}

package io.smi.core.network;

import io.smi.core.Problems;
import io.smi.core.kernel.KernelFile;
import io.smi.core.kernel.KernelFiles;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The files of one interface: {@code Documentation/ABI/testing/sysfs-class-net}. */
final class InterfaceFiles implements Closeable {
    private static final String UP = "up";

    private final String name;
    private final KernelFile index;
    private final KernelFile state;
    private final KernelFile speed;
    private final KernelFile address;
    private final KernelFile mtu;

    private InterfaceFiles(KernelFiles sys, String path, String name) {
        this.name = name;
        this.index = sys.file(path + "/ifindex");
        this.state = sys.file(path + "/operstate");
        this.speed = sys.file(path + "/speed");
        this.address = sys.file(path + "/address");
        this.mtu = sys.file(path + "/mtu");
    }

    /** Those in this folder; null for what is no interface, such as the bonding driver's list. */
    static @Nullable InterfaceFiles open(KernelFiles sys, String path, String name) {
        return sys.exists(path + "/ifindex") ? new InterfaceFiles(sys, path, name) : null;
    }

    String name() {
        return name;
    }

    /** As it is now. Of one that went and came back, open files have nothing to say, and are opened anew. */
    Interface read(Problems problems) throws IOException {
        Long number = KernelFiles.number(index, problems);
        if (number == null) {
            close();
            number = KernelFiles.number(index, new Problems());
        }
        String operstate = KernelFiles.text(state, problems);
        return new Interface(
                number,
                "unknown".equals(operstate) ? null : operstate,
                UP.equals(operstate) ? positive(KernelFiles.number(speed, problems)) : null,
                mac(KernelFiles.text(address, problems)),
                positive(KernelFiles.number(mtu, problems)));
    }

    /** Drivers that do not know the speed say -1, which older kernels print as 4294967295, or 0. */
    private static @Nullable Integer positive(@Nullable Long number) {
        return number == null || number <= 0 || number > Integer.MAX_VALUE ? null : number.intValue();
    }

    private static @Nullable String mac(@Nullable String address) {
        for (int i = 0; address != null && i < address.length(); i++) {
            if (address.charAt(i) != '0' && address.charAt(i) != ':') {
                return address;
            }
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        for (KernelFile file : new KernelFile[] {index, state, speed, address, mtu}) {
            file.close();
        }
    }
}

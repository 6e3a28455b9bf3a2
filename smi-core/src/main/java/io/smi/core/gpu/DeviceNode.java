package io.smi.core.gpu;

import java.io.Closeable;

/**
 * A device that only its vendor's command knows more of.
 *
 * @param name its PCI address, else what its driver calls it
 */
public record DeviceNode(String name) implements Closeable {
    @Override
    public void close() {}
}

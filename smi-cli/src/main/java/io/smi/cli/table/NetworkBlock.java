package io.smi.cli.table;

import io.smi.cli.text.Human;
import io.smi.schema.Network;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Network interfaces: their state, and what goes through them. */
final class NetworkBlock {
    private NetworkBlock() {}

    static void print(Sheet sheet, List<Network> interfaces) {
        sheet.end();
        sheet.bold("    INTERFACE          STATE      Mbit/s      RX/s      TX/s    ERRORS   DROPPED")
                .end();
        for (Network one : interfaces) {
            sheet.to(4).fit(one.name(), 22).to(23);
            sheet.fit(Objects.requireNonNullElse(one.state(), Human.UNKNOWN), 33);
            sheet.right(text(one.speedMbps()), 40);
            sheet.right(Human.bytes(one.rxBytesPerSecond()), 50).right(Human.bytes(one.txBytesPerSecond()), 60);
            sheet.right(text(sum(one.rxErrorsTotal(), one.txErrorsTotal())), 70);
            sheet.right(text(sum(one.rxDroppedTotal(), one.txDroppedTotal())), 80)
                    .end();
        }
    }

    private static String text(@Nullable Number value) {
        return value == null ? Human.UNKNOWN : value.toString();
    }

    private static @Nullable Long sum(@Nullable Long received, @Nullable Long sent) {
        return received == null || sent == null ? null : Long.valueOf(received + sent);
    }
}

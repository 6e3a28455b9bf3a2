package io.smi.core.nvidia;

import io.smi.core.Span;
import io.smi.schema.Gpu;
import io.smi.schema.GpuBuilder;
import io.smi.schema.Pcie;
import io.smi.schema.PcieBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The traffic over PCI Express: from counters of bytes where a GPU has them, else as its driver measured it.
 *
 * <p>The header says of those counters that they can wrap, and not where. One that wrapped once is seen to go backwards;
 * so that none wraps more often, growth counts only when the counter is beyond 32 bits, or when the link cannot carry
 * 2^32 bytes in that time.
 */
final class PcieTraffic {
    private static final double WRAP = 1L << 32;
    private static final double FIRST_GENERATION = 250e6;

    private PcieTraffic() {}

    /** The row of a reading, with its traffic. */
    static Gpu row(CardReading now, @Nullable Span<NvidiaReader.Reading> span) {
        Pcie pcie = now.gpu().pcie();
        if (pcie == null) {
            return now.gpu();
        }
        CardReading before = span == null ? null : find(span.before().cards(), now.gpu());
        Long tx = before == null || span == null ? null : rate(span, before.txBytes(), now.txBytes(), pcie);
        Long rx = before == null || span == null ? null : rate(span, before.rxBytes(), now.rxBytes(), pcie);
        return GpuBuilder.builder(now.gpu())
                .pcie(PcieBuilder.builder(pcie)
                        .txBytesPerSecond(tx == null ? now.txBytesPerSecond() : tx)
                        .rxBytesPerSecond(rx == null ? now.rxBytesPerSecond() : rx)
                        .build())
                .build();
    }

    private static @Nullable CardReading find(List<CardReading> cards, Gpu gpu) {
        String identity = gpu.identity();
        for (CardReading card : cards) {
            if (identity != null && identity.equals(card.gpu().identity())) {
                return card;
            }
        }
        return null;
    }

    private static @Nullable Long rate(Span<?> span, @Nullable Long first, @Nullable Long last, Pcie pcie) {
        Double rate = span.perSecond(first, last);
        return rate != null && last != null && (last >= WRAP || cannotWrap(pcie, span.seconds()))
                ? Long.valueOf(Math.round(rate))
                : null;
    }

    private static boolean cannotWrap(Pcie pcie, double seconds) {
        Integer generation = pcie.generationMax();
        Integer width = pcie.widthMax();
        return generation != null
                && width != null
                && FIRST_GENERATION * (1 << (Math.min(generation, 16) - 1)) * width * seconds < WRAP;
    }
}

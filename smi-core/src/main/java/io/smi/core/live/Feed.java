package io.smi.core.live;

import io.smi.schema.Section;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Where a server's frames come from. It publishes each to everyone who looks. For any thread. */
public interface Feed extends AutoCloseable {
    /** Makes a feed that has not been started. */
    interface Factory {
        /**
         * A feed for one server, which closes it if it has started it.
         *
         * @param firstSeq number of its first frame; each after it has the next
         * @param demand what somebody wants to see
         * @param publish given each frame, on the feed's thread, which it must not hold up
         * @param died told, on the feed's thread, what ended it: there are no more frames
         */
        Feed open(long firstSeq, Demand demand, Consumer<LiveFrame> publish, Consumer<Throwable> died);
    }

    /** Starts to publish; the first frame is taken now. */
    void start();

    /**
     * Whether its frames are of now: such a frame grows old, and a section that it lacks is in the next if somebody
     * wants it. What others lack nobody can read any more.
     */
    boolean isLive();

    /**
     * A frame for someone whom the newest does not do. A live feed takes one that begins from now on and holds these
     * sections, and publishes it like every other; any other gives its newest. Done exceptionally when the feed ends
     * first. Whatever runs on its completion runs on the feed's thread, and must not hold it up.
     */
    CompletableFuture<LiveFrame> fresh(Set<Section> sections);

    /** Ticks that came without a frame, since the one before took too long or the machine slept. */
    long droppedTicks();

    /** Ends it, without waiting: a reader may hang. */
    @Override
    void close();
}

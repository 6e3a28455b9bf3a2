package io.smi.record.remote;

import java.time.Duration;

/**
 * How long what may take.
 *
 * @param connect until there is a connection
 * @param heartbeat after which the server is asked to say something when there is nothing to say, in whole seconds
 * @param silence after which a connection on which nothing came is dead: a machine that slept, a cable, a router that
 *     forgot it. None of them tells
 * @param retry before connecting again, until the server has said how long
 * @param longestRetry between two attempts, however many failed
 */
record Timing(Duration connect, Duration heartbeat, Duration silence, Duration retry, Duration longestRetry) {
    static final Timing USUAL = new Timing(
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(2),
            Duration.ofSeconds(30));
}

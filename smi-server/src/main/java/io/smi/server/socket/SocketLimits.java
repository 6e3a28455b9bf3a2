package io.smi.server.socket;

/**
 * What the clients of one listener may take.
 *
 * @param maxConnections open at once; a client beyond them is hung up on
 * @param sendBuffer bytes the kernel may hold for a client that does not read
 * @param writeTimeoutMillis how long a client may take nothing of what is to be written before it is cut off, 0 for ever
 */
public record SocketLimits(int maxConnections, int sendBuffer, int writeTimeoutMillis) {

    public SocketLimits {
        if (maxConnections < 1) {
            throw new IllegalArgumentException("maxConnections must be positive: " + maxConnections);
        }
        if (sendBuffer < 1) {
            throw new IllegalArgumentException("sendBuffer must be positive: " + sendBuffer);
        }
        if (writeTimeoutMillis < 0) {
            throw new IllegalArgumentException("writeTimeoutMillis must not be negative: " + writeTimeoutMillis);
        }
    }
}

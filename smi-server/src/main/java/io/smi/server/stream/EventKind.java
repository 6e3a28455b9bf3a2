package io.smi.server.stream;

/** The kinds of events that a client may choose from; it is told of {@code lag} in any case. */
enum EventKind {
    SNAPSHOT("snapshot"),
    DEVICE("device"),
    SERVER("server"),
    HEARTBEAT("heartbeat");

    /** All, as {@code ?events=} takes them. */
    static final String NAMES = "snapshot,device,server,heartbeat";

    private final String label;

    EventKind(String label) {
        this.label = label;
    }

    /** The kind of this name. */
    static EventKind parse(String name) {
        for (EventKind kind : values()) {
            if (kind.label.equals(name)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("unknown kind '" + name + "', known are " + NAMES);
    }
}

package io.smi.record.remote;

/** Small frames, and events of them as {@code smi api} sends them. */
final class Frames {
    private Frames() {}

    /** Taken at so many seconds of a minute. */
    static String json(long seq, int second) {
        return "{\"schema\":1,\"seq\":" + seq + ",\"timestamp\":\"2026-11-23T02:40:" + (second < 10 ? "0" : "") + second
                + ".000Z\",\"interval_ms\":1000,\"hostname\":\"büro\",\"errors\":[]}";
    }

    static String json(long seq) {
        return json(seq, (int) (seq % 60));
    }

    static String event(long seq) {
        return "id: " + seq + "\nevent: snapshot\ndata: " + json(seq) + "\n\n";
    }

    static String events(long... seqs) {
        StringBuilder events = new StringBuilder();
        for (long seq : seqs) {
            events.append(event(seq));
        }
        return events.toString();
    }

    static String lag(long dropped) {
        return "event: lag\ndata: {\"dropped\":" + dropped + "}\n\n";
    }

    static String state(String json) {
        return "event: server.state\ndata: " + json + "\n\n";
    }
}

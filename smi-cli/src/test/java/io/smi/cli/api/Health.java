package io.smi.cli.api;

import java.io.IOException;
import java.net.SocketAddress;
import tools.jackson.databind.json.JsonMapper;

/** What {@code /health} says. */
record Health(String status, int sseClients) {
    static Health of(SocketAddress server) throws IOException {
        try (Answer answer = Answer.get(server, "/health")) {
            var json = JsonMapper.shared().readTree(answer.text());
            return new Health(
                    json.get("status").asString(), json.get("sse_clients").intValue());
        }
    }
}

package io.smi.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.server.Answer;
import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import java.net.SocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BodiesTest {
    private static final byte[] LARGE = new byte[24 << 20];
    private static final byte[] SMALL = new byte[1];

    private final Bodies bodies = new Bodies();
    private final CompletableFuture<Boolean> told = new CompletableFuture<>();

    /** Its client hung up while the answer was made. */
    @Test
    void whatNobodyWaitsForAnyMoreIsNotHeld() throws Exception {
        HttpHandler handler = exchange -> {
            if (exchange.getRequestPath().equals("/gone")) {
                exchange.endExchange();
                try {
                    bodies.send(exchange, "text/plain", LARGE);
                    told.complete(true);
                } catch (RuntimeException e) {
                    told.completeExceptionally(e);
                }
            } else {
                bodies.send(exchange, "text/plain", SMALL);
            }
        };
        Undertow server =
                Undertow.builder().addHttpListener(0, "127.0.0.1", handler).build();
        server.start();
        try {
            SocketAddress address = server.getListenerInfo().getFirst().getAddress();
            Answer.to(address, "GET", "/gone");
            assertThat(told.get(30, TimeUnit.SECONDS)).isTrue();
            assertThat(Answer.to(address, "GET", "/small").status()).isEqualTo(200);
        } finally {
            server.stop();
        }
    }
}

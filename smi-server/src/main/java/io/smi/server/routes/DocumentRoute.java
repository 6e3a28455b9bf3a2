package io.smi.server.routes;

import io.smi.server.http.Query;
import io.smi.server.http.Responses;
import io.smi.server.http.Route;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** A document that is the same for as long as the server runs. */
public final class DocumentRoute implements Route.Handler {
    private final String contentType;
    private final byte[] body;

    /** Answers with this text. */
    public DocumentRoute(String contentType, byte[] body) {
        this.contentType = contentType;
        this.body = body.clone();
    }

    /** The bytes of a file that lies beside the server's classes. */
    public static byte[] resource(String name) {
        try (InputStream in = DocumentRoute.class.getResourceAsStream("/io/smi/server/" + name)) {
            if (in == null) {
                throw new IOException(name + " is not in the jar");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void handle(HttpServerExchange exchange, Query query) {
        Responses.send(exchange, contentType, body);
    }
}

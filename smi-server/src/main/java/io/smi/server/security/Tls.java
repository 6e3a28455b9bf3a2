package io.smi.server.security;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/** Certificate and rules of new connections. */
final class Tls {
    private final SSLContext context;
    /** Not handed out: it can be changed. */
    private final SSLParameters parameters;

    private final ClientAuth clientAuth;

    Tls(SSLContext context, SSLParameters parameters, ClientAuth clientAuth) {
        this.context = context;
        this.parameters = parameters;
        this.clientAuth = clientAuth;
    }

    SSLContext context() {
        return context;
    }

    /** Whether nobody comes in without a certificate that was verified. */
    boolean verifiesClients() {
        return clientAuth.required() && clientAuth.verified();
    }

    /** For one new connection. */
    SSLEngine engine() {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        engine.setSSLParameters(parameters);
        return engine;
    }
}

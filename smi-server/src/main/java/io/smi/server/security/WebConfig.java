package io.smi.server.security;

import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The file of {@code --web.config.file}, in the format of Prometheus' exporter-toolkit: TLS, users, headers, a rate
 * limit. What it says is always what the file and the certificates that it names say now; a change that cannot be used
 * is told once, and what was read before stays in force.
 */
public final class WebConfig {
    private final Supplier<WebSettings> settings;

    private WebConfig(Supplier<WebSettings> settings) {
        this.settings = settings;
    }

    /** No file: plain HTTP, nobody is asked who he is. */
    public static WebConfig none() {
        return new WebConfig(() -> WebSettings.NONE);
    }

    /**
     * Reads the file and the certificates that it names.
     *
     * @param warnings told, later, why a changed file is not used
     * @throws WebConfigException when anything is wrong
     */
    public static WebConfig read(Path file, Consumer<String> warnings) throws WebConfigException {
        return read(file, warnings, System::nanoTime);
    }

    static WebConfig read(Path file, Consumer<String> warnings, LongSupplier nanoTime) throws WebConfigException {
        Reloaded<WebSettings> reloaded =
                new Reloaded<>((files, before) -> readAgain(file, files, before), warnings, nanoTime);
        return new WebConfig(reloaded::get);
    }

    /**
     * A port speaks TLS or does not: that cannot change while it is open. Nor do the doors open by a change, which may
     * be a file that is only half written.
     */
    private static WebSettings readAgain(Path file, WatchedFiles files, @Nullable WebSettings before)
            throws WebConfigException {
        WebSettings now = new WebConfigReader(file, files).read();
        if (before == null) {
            return now;
        }
        if ((before.tls() == null) != (now.tls() == null)) {
            throw new WebConfigException(file + ": tls_server_config came or went, which needs a restart");
        }
        if (!before.users().isEmpty() && now.users().isEmpty()) {
            throw new WebConfigException(file + ": basic_auth_users went, which needs a restart");
        }
        if (before.verifiesClients() && !now.verifiesClients()) {
            throw new WebConfigException(file + ": RequireAndVerifyClientCert went, which needs a restart");
        }
        return now;
    }

    /**
     * For the listeners, null for plain HTTP. Each new connection gets what the files say then: certificate, versions,
     * cipher suites, and whether a client certificate is asked for. So listeners need no TLS option of their own.
     */
    public @Nullable SSLContext sslContext() {
        return current().tls() == null ? null : new ReloadedSslContext(this::tls);
    }

    /** Whether a password or a verified client certificate is asked for. */
    public boolean authenticates() {
        WebSettings now = current();
        return !now.users().isEmpty() || now.verifiesClients();
    }

    WebSettings current() {
        return settings.get();
    }

    private Tls tls() {
        Tls tls = current().tls();
        if (tls == null) {
            throw new IllegalStateException("no TLS");
        }
        return tls;
    }
}

package io.smi.cli.config;

/** A configuration that cannot be used; the message is for users and says where. */
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1;

    ConfigException(String message) {
        super(message);
    }
}

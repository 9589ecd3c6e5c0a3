package org.sqltune.postgres;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.sqltune.postgres.proof.EmbeddedServer;
import org.sqltune.postgres.proof.PostgresServer;
import org.sqltune.postgres.proof.RemoteServer;

/**
 * Hands one embedded PostgreSQL to all tests that ask for one; it stops after the last of them. The property {@code
 * sqltune.postgres} names another server instead, by its URL as a superuser.
 */
public final class SharedServer implements ParameterResolver {
    private record Running(PostgresServer server) implements ExtensionContext.Store.CloseableResource, AutoCloseable {
        @Override
        public void close() {
            server.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == PostgresServer.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .getOrComputeIfAbsent(Running.class, key -> new Running(start()), Running.class)
                .server();
    }

    private static PostgresServer start() {
        String url = System.getProperty("sqltune.postgres");
        return url == null ? EmbeddedServer.start() : new RemoteServer(url, null);
    }
}

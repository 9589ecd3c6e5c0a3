package org.sqltune.postgres;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.sqltune.postgres.proof.EmbeddedServer;
import org.sqltune.postgres.proof.PostgresServer;

/** Hands one embedded PostgreSQL to all tests that ask for one; it stops after the last of them. */
public final class SharedServer implements ParameterResolver {
    private record Running(EmbeddedServer server) implements ExtensionContext.Store.CloseableResource, AutoCloseable {
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
                .getOrComputeIfAbsent(Running.class, key -> new Running(EmbeddedServer.start()), Running.class)
                .server();
    }
}

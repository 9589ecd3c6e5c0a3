package org.sqltune.inference.runtime;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.sqltune.core.thread.InterruptedWorkException;
import org.sqltune.inference.engine.TextRequest;
import org.sqltune.model.server.ServerConnection;

/** A server elsewhere. Adapters are models of their own there. */
final class ServerRuntime implements BlockingRuntime {
    private static final String TOO_LONG = "See the server's log; shorten the schema if the prompt is too long for it";

    private final ServerProtocol protocol;
    private final ServerConnection connection;
    private final String model;
    private final Set<String> others;

    /**
     * @param model which of the server's models answers
     * @param models all of them, as far as the server lists them
     */
    ServerRuntime(ServerProtocol protocol, ServerConnection connection, String model, List<String> models) {
        this.protocol = protocol;
        this.connection = connection;
        this.model = model;
        Set<String> rest = new LinkedHashSet<>(models);
        rest.remove(model);
        this.others = Collections.unmodifiableSet(rest);
    }

    @Override
    public String name() {
        return connection.address().toString();
    }

    @Override
    public Set<String> adapters() {
        return others;
    }

    @Override
    public Set<Ability> abilities() {
        return protocol.abilities();
    }

    @Override
    public Usage run(TextRequest request, Pieces pieces) {
        try (BufferedReader lines = new ServerCalls(protocol, connection).post(protocol.body(request, model))) {
            return read(lines, request, pieces);
        } catch (IOException e) {
            throw connection.broken(e);
        }
    }

    private Usage read(BufferedReader lines, TextRequest request, Pieces pieces) throws IOException {
        ServedTexts texts = new ServedTexts(name(), request.settings(), pieces);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedWorkException("The answer was stopped");
            }
            ServerEvent event = event(line);
            if (event.error() != null) {
                throw connection.reported(event.error(), TOO_LONG);
            }
            texts.take(event);
            if (event.last()) {
                break;
            }
        }
        return texts.usage().orElseThrow(connection::cut);
    }

    private ServerEvent event(String line) {
        try {
            return protocol.event(line);
        } catch (IOException e) {
            throw connection.nonsense(line, e);
        }
    }

    @Override
    public void close() {
        // Connections end with their answers.
    }
}

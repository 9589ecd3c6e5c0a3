package org.sqltune.inference.runtime;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.thread.InterruptedWorkException;
import org.sqltune.model.server.ServerConnection;
import org.sqltune.model.server.ServerJson;

/**
 * The two things that a runtime asks a server for.
 *
 * @param protocol how it is asked
 * @param connection to whom requests go
 */
record ServerCalls(ServerProtocol protocol, ServerConnection connection) {
    private static final String REMEDY = "check inference.engine_model, and that the prompt fits its context";
    private static final int NOT_FOUND = 404;
    private static final int ERROR = 400;

    /**
     * The models that the server lists.
     *
     * @param optional whether a server without a list will do
     * @throws SqlTuneException if it doesn't answer, or with something else
     */
    List<String> models(boolean optional) {
        HttpResponse<InputStream> answer =
                connection.send(connection.request(protocol.modelsPath()).GET().build());
        try (InputStream body = answer.body()) {
            if (answer.statusCode() == NOT_FOUND && optional) {
                return List.of();
            }
            requireSuccess(answer.statusCode(), answer.statusCode() < ERROR ? "" : connection.said(answer));
            String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
            try {
                return protocol.models(ServerJson.parse(text));
            } catch (IOException e) {
                throw connection.nonsense(text, e);
            }
        } catch (IOException e) {
            throw connection.broken(e);
        }
    }

    /**
     * Posts a request and gives the lines of its answer.
     *
     * @throws SqlTuneException if there is none
     * @throws InterruptedWorkException if this thread is interrupted
     */
    BufferedReader post(ObjectNode body) {
        HttpResponse<InputStream> answer = connection.send(connection
                .request(protocol.path())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()))
                .build());
        try {
            int status = answer.statusCode();
            String said = status < ERROR ? "" : connection.said(answer);
            if (status >= ERROR) {
                Optional<ObjectNode> plainer = protocol.plainer(body, said);
                if (plainer.isPresent()) {
                    return post(plainer.get());
                }
            }
            requireSuccess(status, said);
            return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw connection.broken(e);
        }
    }

    private void requireSuccess(int status, String said) {
        connection.requireSuccess(status, said, protocol.path(), REMEDY);
    }
}

package org.sqltune.inference.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sqltune.core.SqlTuneException;
import org.sqltune.inference.engine.TextRequest;
import org.sqltune.inference.runtime.BlockingRuntime.Ability;

/** How a kind of server is asked, and how it answers. Safe for use by several threads. */
interface ServerProtocol {
    /** What such a server is, behind "is": {@code an OpenAI-compatible server}. */
    String what();

    /** Where such a server is unless somebody says otherwise. */
    String usualAddress();

    /** What stands before every path, given what the user's address has there. */
    String pathBefore(String given);

    /** Where prompts are posted to. */
    String path();

    /** What requests may ask for beyond one text. Servers that don't do it all the same are found out by their answers. */
    Set<Ability> abilities();

    /**
     * What is posted.
     *
     * @throws SqlTuneException if the request asks for something that such servers don't do
     */
    ObjectNode body(TextRequest request, String model);

    /**
     * What is posted instead to a server that refuses fields which it doesn't know.
     *
     * @param said what it says of the refused body
     * @return the same wish in other words; empty if there are none
     */
    default Optional<ObjectNode> plainer(ObjectNode refused, String said) {
        return Optional.empty();
    }

    /**
     * Reads a line of an answer.
     *
     * @throws IOException if it is none of this protocol
     */
    ServerEvent event(String line) throws IOException;

    /** Where the models are listed. */
    String modelsPath();

    /**
     * The names in a list of models.
     *
     * @throws IOException if it is none of this protocol
     */
    List<String> models(JsonNode list) throws IOException;
}

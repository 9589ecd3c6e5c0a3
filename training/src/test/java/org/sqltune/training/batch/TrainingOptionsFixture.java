package org.sqltune.training.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;

/** What {@code tools/parity/training_options.py} wrote, and the models it is about. */
public final class TrainingOptionsFixture {
    private static final ObjectMapper JSON = new ObjectMapper();

    private TrainingOptionsFixture() {}

    public static JsonNode read() throws IOException {
        try (InputStream in = Objects.requireNonNull(
                TrainingOptionsFixture.class.getResourceAsStream("/training_options.json"), "the fixture is missing")) {
            return JSON.readTree(in);
        }
    }

    public static Path model(String name) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(TrainingOptionsFixture.class.getResource("/parity/" + name))
                .toURI());
    }

    static List<TokenizedExample> examples(Path model) throws IOException {
        List<TokenizedExample> examples = new ArrayList<>();
        for (JsonNode each :
                JSON.readTree(model.resolve("expected.json").toFile()).path("examples")) {
            examples.add(new TokenizedExample(
                    "e" + examples.size(), ids(each.path("prompt_ids")), ids(each.path("completion_ids"))));
        }
        return examples;
    }

    private static long[] ids(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToLong(JsonNode::asLong)
                .toArray();
    }
}

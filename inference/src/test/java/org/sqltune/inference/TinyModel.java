package org.sqltune.inference;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.sqltune.core.config.settings.DataSettings.PromptFormat;
import org.sqltune.core.config.settings.DataSettings.SchemaFormat;
import org.sqltune.core.example.SqlQuestion;
import org.sqltune.core.schema.VerbatimSchema;
import org.sqltune.data.prompt.PromptTemplate;
import org.sqltune.model.torch.Torch;

/** The fixture of two layers that knows a few queries by heart, and questions to it. */
public final class TinyModel {
    public static final PromptTemplate TEMPLATE = PromptTemplate.of(PromptFormat.INST, SchemaFormat.TABLE);

    private static final List<String> SCHEMAS = List.of(
            "TABLE: singer (id (number), name (text), country (text), age (number))\n"
                    + "TABLE: concert (id (number), title (text), year (number), singer_id (number))",
            "TABLE: product (id (number), name (text), price (number))");
    private static final List<String> QUESTIONS = List.of(
            "How many singers are there?",
            "What is the average price?",
            "List the names of all singers by age.",
            "Which products cost more than 10?");

    private TinyModel() {}

    /** So small a model is done before several threads have found each other. */
    public static void useOneThread() {
        Torch.setThreads(1);
    }

    public static Path folder() {
        try {
            return Path.of(Objects.requireNonNull(TinyModel.class.getResource("/parity/tiny_llama_with_tokenizer"))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    public static Path adapter() {
        return folder().resolve("trained_adapter");
    }

    /** Eight questions; those of one schema don't follow each other. */
    public static List<SqlQuestion> questions() {
        return IntStream.range(0, 2 * QUESTIONS.size())
                .mapToObj(i -> new SqlQuestion(
                        "q" + i, "", QUESTIONS.get(i / 2), new VerbatimSchema(SCHEMAS.get(i % SCHEMAS.size()))))
                .toList();
    }
}

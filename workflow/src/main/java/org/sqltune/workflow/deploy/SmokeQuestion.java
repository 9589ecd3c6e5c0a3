package org.sqltune.workflow.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.example.SqlQuestion;
import org.sqltune.core.schema.Schema;
import org.sqltune.deployment.ollama.OllamaClient;
import org.sqltune.deployment.ollama.OllamaName;
import org.sqltune.deployment.ollama.OllamaTemplate;

/**
 * A question to a model that was just deployed: whether it answers, and whether its TEMPLATE writes the prompt of training.
 */
public final class SmokeQuestion {
    private static final int LONGEST_SHOWN = 80;

    private final OllamaClient client;
    private final OllamaTemplate template;

    SmokeQuestion(OllamaClient client, OllamaTemplate template) {
        this.client = client;
        this.template = template;
    }

    /**
     * An answer.
     *
     * @param question the question
     * @param answer the text
     * @param seconds how long it took, the loading of the model included
     * @param notes remarks, one sentence each
     */
    public record Answered(String question, String answer, double seconds, List<String> notes) {
        public Answered {
            notes = List.copyOf(notes);
        }

        String shownAnswer() {
            String line = answer.strip().replaceAll("\\s+", " ");
            return line.length() > LONGEST_SHOWN ? line.substring(0, LONGEST_SHOWN) + "…" : line;
        }
    }

    /**
     * Asks.
     *
     * @throws SqlTuneException if there is no answer, or TEMPLATE writes something else than the prompt
     */
    Answered ask(OllamaName name, Schema schema) {
        String question = "How many rows does " + schema.tables().get(0).name() + " have?";
        String prompt = template.prompt(new SqlQuestion("smoke", schema.databaseId(), question, schema));
        List<String> notes = new ArrayList<>();
        long start = System.nanoTime();
        String answer = client.generate(name, prompt, true, "");
        double seconds = (System.nanoTime() - start) / 1e9;
        if (answer.isBlank()) {
            throw new SqlTuneException(name + " at " + client.address()
                    + " answers a question with nothing: compare with sqltune infer, and see the server's log");
        }
        Optional<String> system = template.system(schema);
        if (system.isEmpty()) {
            notes.add("TEMPLATE wasn't tried: the prompts show more of the schema than a system message can");
            return new Answered(question, answer, seconds, notes);
        }
        Optional<String> rendered = client.rendered(name, question, system.get());
        if (rendered.isPresent() && !rendered.get().equals(prompt)) {
            throw new SqlTuneException(
                    name + " at " + client.address() + " writes another prompt than the model was" + " trained on: '"
                            + rendered.get() + "' instead of '" + prompt + "'; report this with the version");
        }
        String chatted = client.chat(name, question, system.get());
        if (!chatted.equals(answer)) {
            notes.add("through TEMPLATE the answer is another one: "
                    + new Answered("", chatted, 0, List.of()).shownAnswer()
                    + (rendered.isPresent() ? "; the prompt is the same" : ""));
        }
        return new Answered(question, answer, seconds, notes);
    }
}

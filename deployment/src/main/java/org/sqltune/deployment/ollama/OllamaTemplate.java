package org.sqltune.deployment.ollama;

import java.util.Optional;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.example.SqlQuestion;
import org.sqltune.core.schema.SchemaContent;
import org.sqltune.core.schema.VerbatimSchema;
import org.sqltune.data.prompt.PromptTemplate;

/**
 * The TEMPLATE of a Modelfile, in the template language of Go: a system message is taken for the schema and the prompt for
 * the question, and both stand where they stood in training. Without a system message the prompt is passed on unchanged,
 * for callers that send whole prompts.
 */
public final class OllamaTemplate {
    private static final String SCHEMA = "sqltuneSchemaPlace";
    private static final String QUESTION = "sqltuneQuestionPlace";

    private final PromptTemplate template;
    private final String begin;
    private final String withPlaces;

    /**
     * Finds the places.
     *
     * @param template writes the model's prompts
     * @param begin the text of the token that llama.cpp puts before every prompt, which a chat template may write, too;
     *     empty for none
     * @throws SqlTuneException if the prompts have no place for a question
     */
    public OllamaTemplate(PromptTemplate template, String begin) {
        this.template = template;
        this.begin = begin;
        this.withPlaces = prompt(question(QUESTION, new VerbatimSchema(SCHEMA)));
        if (!withPlaces.contains(QUESTION)) {
            throw new SqlTuneException(
                    "The model's prompts don't show the question: there is no TEMPLATE for Ollama that"
                            + " would; change data.prompt_template or data.chat_template");
        }
    }

    private static SqlQuestion question(String text, SchemaContent schema) {
        return new SqlQuestion("template", schema.databaseId(), text, schema);
    }

    /** The TEMPLATE. */
    public String text() {
        String whole = literal(withPlaces).replace(SCHEMA, "{{ .System }}").replace(QUESTION, "{{ .Prompt }}");
        return takesSchema() ? "{{ if .System }}" + whole + "{{ else }}{{ .Prompt }}{{ end }}" : whole;
    }

    /** Whether the system message is the schema; otherwise it counts for nothing. */
    public boolean takesSchema() {
        return withPlaces.contains(SCHEMA);
    }

    /** The prompt of a question, without the token that llama.cpp puts before it. */
    public String prompt(SqlQuestion question) {
        String prompt = template.render(question);
        return !begin.isEmpty() && prompt.startsWith(begin) ? prompt.substring(begin.length()) : prompt;
    }

    /** What TEMPLATE makes of a system message and a prompt, by the rules that its text states. */
    public String rendered(String system, String prompt) {
        return takesSchema() && system.isEmpty()
                ? prompt
                : withPlaces.replace(SCHEMA, system).replace(QUESTION, prompt);
    }

    /**
     * A schema as the system message that brings it into its place.
     *
     * @return empty if the prompts show no schema, or also something of it that depends on the question
     */
    public Optional<String> system(SchemaContent schema) {
        int from = withPlaces.indexOf(SCHEMA);
        if (from < 0) {
            return Optional.empty();
        }
        String behind = withPlaces.substring(from + SCHEMA.length());
        String prompt = prompt(question(QUESTION, schema));
        int to = prompt.length() - behind.length();
        if (to <= from || !prompt.startsWith(withPlaces.substring(0, from)) || !prompt.endsWith(behind)) {
            return Optional.empty();
        }
        return Optional.of(prompt.substring(from, to));
    }

    /** Braces of the prompt's own are texts. */
    private static String literal(String text) {
        return text.replace("{{", "{{ \"{{\" }}");
    }
}

package org.sqltune.deployment.hub;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.text.Secrets;

/**
 * The model card of a publication, {@code README.md}: its head is the hub's metadata, its body says what it is, what it was
 * trained and scored on, and how prompts for it are written.
 *
 * @param repository its name, {@code owner/name}
 * @param form what is published
 * @param ggufs GGUF files, by their names
 * @param base what it was made from; null if nobody knows
 * @param license the licence's id on the hub; null for none
 * @param datasets data sets that are on the hub, by their names there
 * @param facts what it is and how it was made, by titles
 * @param prompts how prompts are written, by titles
 * @param samplePrompt a prompt for an example; null if only SqlTune can write one
 * @param results scores of reports
 * @param hashes SHA-256 of data and files, by what they are of
 * @see <a href="https://huggingface.co/docs/hub/model-cards">model cards</a>
 * @see <a href="https://github.com/huggingface/hub-docs/blob/main/modelcard.md">their metadata</a>
 */
public record HubCard(
        String repository,
        Form form,
        List<String> ggufs,
        @Nullable Base base,
        @Nullable String license,
        List<String> datasets,
        Map<String, String> facts,
        Map<String, String> prompts,
        @Nullable String samplePrompt,
        List<Result> results,
        Map<String, String> hashes) {
    /** The file's name. */
    public static final String FILE = "README.md";

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .build();

    /** What a repository holds beside GGUF files. */
    public enum Form {
        /** An adapter in PEFT's files. */
        ADAPTER("peft", "adapter"),
        /** A whole model in transformers' files. */
        MODEL("transformers", "model"),
        /** Nothing else. */
        GGUF("gguf", "model, as GGUF");

        private final String library;
        private final String words;

        Form(String library, String words) {
            this.library = library;
            this.words = words;
        }
    }

    /**
     * A base model.
     *
     * @param name {@code owner/name} on the hub, or the name of one that isn't there
     * @param revision its revision; null for the usual one
     * @param onHub whether the hub has it
     */
    public record Base(String name, @Nullable String revision, boolean onHub) {}

    /**
     * One score.
     *
     * @param data the data set's name
     * @param set what was asked of it, such as {@code 50 questions}
     * @param metric the score's name in reports
     * @param title its name for readers
     * @param value from 0 to 1 for a share
     * @param shown the value for readers, with its interval
     */
    public record Result(String data, String set, String metric, String title, double value, String shown) {}

    public HubCard {
        ggufs = List.copyOf(ggufs);
        datasets = List.copyOf(datasets);
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        prompts = Collections.unmodifiableMap(new LinkedHashMap<>(prompts));
        results = List.copyOf(results);
        hashes = Collections.unmodifiableMap(new LinkedHashMap<>(hashes));
    }

    /** The card's text, without secrets. */
    public String text() {
        StringBuilder text = new StringBuilder("---\n").append(head()).append("---\n# ");
        text.append(repository.replaceFirst(".*/", ""))
                .append("\n\nA text-to-SQL ")
                .append(form.words);
        text.append(base == null ? "" : ", made from " + base.name());
        text.append(". It answers questions about a database with SQL. Trained and published with SqlTune.\n");
        table(text, facts);
        use(text);
        prompts(text);
        results(text);
        if (!hashes.isEmpty()) {
            text.append("\n## Hashes\n\nSHA-256, in hexadecimal digits.\n");
            table(text, hashes);
        }
        return Secrets.masked(text.toString());
    }

    private String head() {
        Map<String, Object> head = new LinkedHashMap<>();
        if (license != null) {
            head.put("license", license);
        }
        if (base != null && base.onHub()) {
            head.put("base_model", base.name());
        }
        head.put("library_name", form.library);
        head.put("pipeline_tag", "text-generation");
        List<String> tags = new ArrayList<>(List.of("text-to-sql", "sql", "sqltune"));
        if (form == Form.ADAPTER) {
            tags.add("lora");
        }
        if (!ggufs.isEmpty() && form != Form.GGUF) {
            tags.add("gguf");
        }
        head.put("tags", tags);
        if (!datasets.isEmpty()) {
            head.put("datasets", datasets);
        }
        if (!results.isEmpty()) {
            head.put("model-index", List.of(index()));
        }
        try {
            return YAML.writeValueAsString(head);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Texts and numbers are always YAML", e);
        }
    }

    private Map<String, Object> index() {
        Map<String, List<Result>> byData = new LinkedHashMap<>();
        results.forEach(each -> byData.computeIfAbsent(each.data() + ", " + each.set(), any -> new ArrayList<>())
                .add(each));
        List<Map<String, Object>> entries = new ArrayList<>();
        byData.forEach((name, scores) -> entries.add(ordered(
                "task",
                Map.of("type", "text-generation"),
                "dataset",
                ordered("name", name, "type", scores.get(0).data()),
                "metrics",
                scores.stream()
                        .map(each -> ordered("type", each.metric(), "value", each.value(), "name", each.title()))
                        .toList())));
        return ordered("name", repository.replaceFirst(".*/", ""), "results", entries);
    }

    private static Map<String, Object> ordered(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }

    private static void table(StringBuilder text, Map<String, String> rows) {
        if (!rows.isEmpty()) {
            text.append("\n| | |\n|---|---|\n");
            rows.forEach((name, value) -> text.append("| ")
                    .append(cell(name))
                    .append(" | ")
                    .append(cell(value))
                    .append(" |\n"));
        }
    }

    private static String cell(String text) {
        return text.replaceAll("\\s+", " ").replace("|", "\\|");
    }

    private void use(StringBuilder text) {
        text.append("\n## Use\n");
        String weights = form == Form.MODEL
                ? "--model \"" + repository + '"'
                : "--base-model \"" + (base == null ? "BASE" : base.name()) + "\" --adapter-path FOLDER";
        if (form != Form.GGUF) {
            text.append("\nWith SqlTune, which writes the prompts by itself:\n\n    sqltune download ");
            text.append(repository).append("\n    sqltune infer ").append(weights);
            text.append(" --db FILE.sqlite --interactive\n");
            ggufs.forEach(gguf -> text.append("    sqltune infer ")
                    .append(weights)
                    .append(" --db FILE.sqlite --interactive --engine llama.cpp --url ")
                    .append(gguf)
                    .append('\n'));
        }
        if (form == Form.ADAPTER) {
            text.append("\n`FOLDER` is what the first command prints.\n");
        }
        if (!ggufs.isEmpty()) {
            text.append("\nllama.cpp, Ollama and what is built on them read ").append(String.join(", ", ggufs));
            text.append(". Send the whole prompt, as below, without a chat template of theirs.\n");
        }
        if (form == Form.ADAPTER && base != null && base.onHub()) {
            String revision = base.revision() == null ? "" : ", revision=\"" + base.revision() + "\"";
            text.append("\nWith PEFT:\n\n    PeftModel.from_pretrained(AutoModelForCausalLM.from_pretrained(\"");
            text.append(base.name())
                    .append('"')
                    .append(revision)
                    .append("), \"")
                    .append(repository)
                    .append("\")\n");
        } else if (form == Form.MODEL) {
            text.append("\nWith transformers:\n\n    AutoModelForCausalLM.from_pretrained(\"")
                    .append(repository);
            text.append("\")\n");
        }
        text.append("\nSQL that a model writes can be wrong, and can change data: run it with rights to read only.\n");
    }

    private void prompts(StringBuilder text) {
        if (prompts.isEmpty()) {
            return;
        }
        text.append(
                "\n## Prompts\n\nIt was trained on prompts of one form and answers others worse. `sqltune.json` says which.\n");
        table(text, prompts);
        if (samplePrompt != null) {
            text.append("\nAn example, after which the model writes the query:\n\n````\n");
            text.append(samplePrompt)
                    .append(samplePrompt.endsWith("\n") ? "" : "\n")
                    .append("````\n");
        }
    }

    private void results(StringBuilder text) {
        if (results.isEmpty()) {
            return;
        }
        text.append("\n## Results\n\nIn brackets the 95 % interval (Wilson).\n\n| data | score | |\n|---|---|---|\n");
        for (Result each : results) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %s |\n",
                    cell(each.data() + ", " + each.set()),
                    cell(each.title()),
                    cell(each.shown())));
        }
    }
}

package org.sqltune.workflow.publish;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.example.SqlQuestion;
import org.sqltune.core.schema.DeclaredSchema;
import org.sqltune.data.prompt.contract.ContractFile;
import org.sqltune.data.prompt.contract.PromptContract;
import org.sqltune.deployment.export.GgufExport;
import org.sqltune.deployment.gguf.GgufHead;

/**
 * What a card says about prompts, by the contract of what is published.
 *
 * @param contract null if it has none
 */
record CardPrompts(@Nullable PromptContract contract) {
    private static final String SAMPLE_SCHEMA =
            "CREATE TABLE singer (singer_id INTEGER PRIMARY KEY, name TEXT, country TEXT, age INTEGER);";
    private static final String SAMPLE_QUESTION = "How many singers are from France?";

    /**
     * By the contract beside the weights, or in the first GGUF file that has one.
     *
     * @throws SqlTuneException if it is damaged
     */
    static CardPrompts of(PublishRequest request) {
        Path folder = request.folder();
        return new CardPrompts(
                folder == null
                        ? ofGguf(request.ggufs())
                        : ContractFile.read(folder).orElse(null));
    }

    private static @Nullable PromptContract ofGguf(List<Path> ggufs) {
        for (Path gguf : ggufs) {
            if (GgufHead.read(gguf).metadata().get(GgufExport.CONTRACT_KEY) instanceof String text) {
                return ContractFile.parse(gguf, text);
            }
        }
        return null;
    }

    /** How prompts are written, by titles. */
    Map<String, String> facts() {
        Map<String, String> prompts = new LinkedHashMap<>();
        if (contract == null) {
            return prompts;
        }
        prompts.put("form", contract.promptFormat() == null ? "as in the data" : lowerCase(contract.promptFormat()));
        if (contract.promptFormat() != null) {
            prompts.put("schema", lowerCase(contract.schemaFormat()) + shown());
        }
        prompts.put("dialect", lowerCase(contract.dialect()));
        if (contract.maxLength() != null) {
            prompts.put("longest in training", contract.maxLength() + " tokens, prompt and answer");
        }
        prompts.put("hash of the contract", ContractFile.hash(contract));
        return prompts;
    }

    private String shown() {
        PromptContract known = Objects.requireNonNull(contract);
        List<String> parts = new ArrayList<>();
        if (known.primaryKeys()) {
            parts.add("primary keys");
        }
        if (known.foreignKeys()) {
            parts.add("foreign keys");
        }
        if (known.comments()) {
            parts.add("comments");
        }
        if (known.sampleValues() > 0) {
            parts.add(known.sampleValues() + " sample values a column");
        }
        if (known.valueLinks() > 0) {
            parts.add("up to " + known.valueLinks() + " values that the question mentions");
        }
        return parts.isEmpty() ? "" : ", with " + String.join(", ", parts);
    }

    /** Chat templates need the tokenizer's tokens: their prompts are left to whoever loads it. */
    @Nullable
    String sample() {
        if (contract == null || contract.promptFormat() == null || contract.chatTemplate() != null) {
            return null;
        }
        SqlQuestion question =
                new SqlQuestion("example", "concerts", SAMPLE_QUESTION, DeclaredSchema.read(SAMPLE_SCHEMA, "concerts"));
        return contract.template(String::length).render(question);
    }

    private static String lowerCase(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}

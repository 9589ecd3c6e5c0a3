package org.sqltune.data.prompt.contract;

import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The settings of a run that a contract determines, by key. */
enum PromptSetting {
    PROMPT_FORMAT("data.prompt_format", PromptContract::promptFormat),
    SCHEMA_FORMAT("data.schema_format", PromptContract::schemaFormat),
    PRIMARY_KEYS("data.schema_primary_keys", PromptContract::primaryKeys),
    FOREIGN_KEYS("data.schema_foreign_keys", PromptContract::foreignKeys),
    COMMENTS("data.schema_comments", PromptContract::comments),
    SAMPLE_VALUES("data.schema_sample_values", PromptContract::sampleValues),
    MAX_TOKENS("data.schema_max_tokens", PromptContract::schemaMaxTokens),
    VALUE_LINKS("data.value_links", PromptContract::valueLinks),
    PROMPT_TEMPLATE("data.prompt_template", PromptContract::promptTemplate),
    CHAT_TEMPLATE("data.chat_template", PromptContract::chatTemplate),
    SYSTEM_PROMPT("data.system_prompt", PromptContract::systemPrompt),
    GLOSSARY("data.glossary", contract -> contract.knowledge().glossary()),
    GLOSSARY_COMMENTS("data.glossary_comments", contract -> contract.knowledge().glossaryComments()),
    EXAMPLES("data.examples", contract -> contract.knowledge().examples()),
    DOCUMENTATION("data.documentation", contract -> contract.knowledge().documentation()),
    RETRIEVED_EXAMPLES(
            "data.retrieved_examples", contract -> contract.knowledge().retrievedExamples()),
    RETRIEVED_PARAGRAPHS(
            "data.retrieved_paragraphs", contract -> contract.knowledge().retrievedParagraphs()),
    RETRIEVED_MAX_TOKENS(
            "data.retrieved_max_tokens", contract -> contract.knowledge().retrievedMaxTokens());

    private static final int MOST_CHARACTERS = 60;

    private final String key;
    private final Function<PromptContract, @Nullable Object> value;

    PromptSetting(String key, Function<PromptContract, @Nullable Object> value) {
        this.key = key;
        this.value = value;
    }

    String key() {
        return key;
    }

    /** Returns the value as a configuration writes it. */
    String valueIn(PromptContract contract) {
        Object found = value.apply(contract);
        return found instanceof String text ? text : String.valueOf(found).toLowerCase(Locale.ROOT);
    }

    /** Returns the value for a message, shortened if it is a whole template. */
    String shownIn(PromptContract contract) {
        String text = valueIn(contract);
        String line = text.lines().findFirst().orElse("");
        return line.equals(text) && line.length() <= MOST_CHARACTERS
                ? line
                : line.substring(0, Math.min(line.length(), MOST_CHARACTERS)) + "…";
    }
}

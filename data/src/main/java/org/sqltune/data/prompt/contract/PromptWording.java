package org.sqltune.data.prompt.contract;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.settings.DataSettings;
import org.sqltune.core.config.settings.DataSettings.PromptFormat;
import org.sqltune.core.config.settings.DataSettings.SchemaFormat;
import org.sqltune.core.config.settings.SchemaSettings;
import org.sqltune.core.config.settings.TemplateSettings;
import org.sqltune.core.config.settings.TemplateSettings.AssistantLoss;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.PromptCompletion;
import org.sqltune.core.example.QuestionContext;
import org.sqltune.core.example.QuestionKnowledge;
import org.sqltune.core.example.QuestionKnowledge.SolvedQuestion;
import org.sqltune.core.example.ValueLink;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.ForeignKey;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.Table;
import org.sqltune.data.prompt.PromptTemplate;

/**
 * Hashes the wording of a prompt form, since a later version of SqlTune may word {@code inst} differently. The hash
 * is the SHA-256 of prompt and completion, separated by a NUL, of one fixed example with all schema details, and with
 * a value link and knowledge if the model's prompts have them.
 */
final class PromptWording {
    private static final Schema SCHEMA = new Schema(
            "shop",
            List.of(
                    new Table(
                            "customer",
                            List.of(
                                    new Column("id", "INTEGER", true, "", List.of()),
                                    new Column("full name", "TEXT", false, "first and last name", List.of("'Ada'")))),
                    new Table(
                            "orders",
                            List.of(
                                    new Column("id", "INTEGER", true, "", List.of()),
                                    new Column("customer_id", "INTEGER", false, "", List.of("7"))))),
            List.of(new ForeignKey("orders", "customer_id", "customer", "id")));

    private static final Example EXAMPLE = new Example(
            "wording-1",
            "shop",
            "How many orders has Ada?",
            SCHEMA,
            "SELECT count(*) FROM orders",
            null,
            null,
            new QuestionContext("shop", "an order has one customer")
                    .withValues(List.of(new ValueLink("customer", "full name", "Ada"))));

    private static final QuestionKnowledge KNOWLEDGE = new QuestionKnowledge(
            List.of("buyer = customer.id"),
            List.of(new SolvedQuestion("How many customers are there?", "SELECT count(*) FROM customer")),
            List.of("Orders are never deleted."));

    private PromptWording() {}

    /**
     * Returns the prompt with its one quoted name unquoted. The first version of table lines had no quotes; the
     * wording of most schemas, whose names need none, hasn't changed, so the hash must not change either.
     */
    private static String prompt(PromptCompletion words, PromptFormat form, SchemaFormat schemaFormat) {
        return PromptTemplate.schemaFormat(form, schemaFormat) == SchemaFormat.TABLE
                ? words.prompt().replace("\"full name\"", "full name")
                : words.prompt();
    }

    /** @param own the text of the user's own template; null for one of SqlTune's forms */
    static String hash(
            PromptFormat form, SchemaFormat schemaFormat, boolean valueLinks, boolean knowledge, @Nullable String own) {
        SchemaSettings all = new SchemaSettings(true, true, true, 1, null).withValueLinks(valueLinks ? 1 : 0);
        DataSettings settings = DataSettings.defaults()
                .withPrompts(form, schemaFormat, all, new TemplateSettings(own, null, null, AssistantLoss.ALL));
        Example example = knowledge ? EXAMPLE.withContext(EXAMPLE.context().withKnowledge(KNOWLEDGE)) : EXAMPLE;
        PromptCompletion words = PromptTemplate.of(settings, text -> 0).promptCompletion(example);
        try {
            byte[] text =
                    (prompt(words, form, schemaFormat) + "\0" + words.completion()).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }
}

package org.sqltune.inference.prompt;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.config.settings.TemplateSettings;
import org.sqltune.core.example.SqlQuestion;
import org.sqltune.core.example.ValueLink;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SchemaContent;
import org.sqltune.data.chat.ChatTemplate;
import org.sqltune.data.chat.ChatTemplateText;
import org.sqltune.data.database.DatabaseIntrospection;
import org.sqltune.data.knowledge.KnowledgeBase;
import org.sqltune.data.link.ValueLinkers;
import org.sqltune.data.prompt.ChatPrompt;
import org.sqltune.data.prompt.PromptTemplate;
import org.sqltune.data.prompt.TokenEstimate;
import org.sqltune.data.prompt.contract.ContractResolution;
import org.sqltune.data.prompt.contract.ContractResolution.Source;
import org.sqltune.data.prompt.contract.PromptContract;
import org.sqltune.model.tokenizer.ModelChat;

/**
 * What a model is asked, byte for byte, and how it is shown a database: by its contract, and for each further adapter over
 * the same base by the adapter's own. Needs no weights.
 */
public final class ModelPrompts {
    private static final Logger log = LoggerFactory.getLogger(ModelPrompts.class);

    private final PromptTemplate template;
    private final ToIntFunction<String> tokens;
    private final Supplier<ModelChat> own;
    private final Map<String, PromptTemplate> templates = new ConcurrentHashMap<>();
    private final @Nullable KnowledgeBase knowledge;
    private final Map<String, Optional<KnowledgeBase>> knowledgeOf = new ConcurrentHashMap<>();
    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private final ValueLinkers linkers = new ValueLinkers();
    private final Map<Schema, String> databases = new ConcurrentHashMap<>();
    private volatile int sampleValues;
    private volatile int valueLinks;

    /**
     * @param contract how the model is asked
     * @param tokens counts a text's tokens as the model's tokenizer does; called only where a contract limits schemas
     */
    public ModelPrompts(PromptContract contract, ToIntFunction<String> tokens) {
        this(contract, tokens, () -> new ModelChat(null, "", Map.of()));
    }

    /**
     * As {@link #ModelPrompts(PromptContract, ToIntFunction)}, for conversations as well.
     *
     * @param own reads what the model's folder says of conversations; called only where one is asked, which happens by that
     *     where the contract has no chat template
     */
    public ModelPrompts(PromptContract contract, ToIntFunction<String> tokens, Supplier<ModelChat> own) {
        this.tokens = tokens;
        this.own = own;
        this.template = template(contract);
        this.sampleValues = contract.sampleValues();
        this.valueLinks = contract.valueLinks();
        this.knowledge = knowledge(contract);
    }

    private static @Nullable KnowledgeBase knowledge(PromptContract contract) {
        return contract.knowledge().tellsAnything() ? new KnowledgeBase(contract.knowledge()) : null;
    }

    /**
     * The prompts of a run: every question is asked by its template, whatever the adapter.
     *
     * @param template shows the values and the knowledge that are in the questions, and looks for no others
     */
    public ModelPrompts(PromptTemplate template) {
        this.tokens = TokenEstimate::of;
        this.own = () -> new ModelChat(null, "", Map.of());
        this.template = template;
        this.knowledge = null;
    }

    /**
     * Asks a further adapter as its own contract says, or the run that it lies in; where neither is there, as the model.
     * An adapter that was added before stays as it is.
     *
     * @param adapter what it is called
     * @param folder PEFT's files
     * @throws org.sqltune.core.SqlTuneException if its contract can't be used
     */
    public void add(String adapter, Path folder) {
        if (!known.add(adapter)) {
            return;
        }
        ContractResolution found = ContractResolution.of(folder, folder);
        if (found.source() == Source.DEFAULTS) {
            return;
        }
        found.tell(log);
        templates.put(adapter, template(found.contract()));
        knowledgeOf.put(adapter, Optional.ofNullable(knowledge(found.contract())));
        sampleValues = Math.max(sampleValues, found.contract().sampleValues());
        valueLinks = Math.max(valueLinks, found.contract().valueLinks());
    }

    private PromptTemplate template(PromptContract contract) {
        PromptTemplate form = contract.chatTemplate() == null
                ? contract.template(tokens)
                : contract.template(tokens, own.get().specialTokens());
        return form instanceof ChatPrompt ? form : new ChatPrompt(form, this::ownTemplate, null, false);
    }

    private ChatTemplate ownTemplate() {
        ModelChat chat = own.get();
        return ChatTemplateText.of(TemplateSettings.DEFAULTS, chat.template(), chat.source())
                .parsed(chat.specialTokens());
    }

    /** Values of each column that a database has to be read with, so that every contract finds what it shows. */
    public int sampleValues() {
        return sampleValues;
    }

    /**
     * A database as the model is to be shown it, with comments, keys and as many values as any of the contracts asks for;
     * each contract's prompts show what it says. Nothing is written to the database.
     *
     * @param database an SQLite file, or a JDBC URL of SQLite or PostgreSQL
     * @throws org.sqltune.core.SqlTuneException if there is no such database, or it can't be read
     */
    public Schema schema(String database) {
        return of(new DatabaseIntrospection(sampleValues).read(database), database);
    }

    /**
     * Makes known where a schema's database is, so that questions can be shown the values they speak of, where a contract
     * asks for that. The database is read when the first such question comes.
     *
     * @param database an SQLite file, or a JDBC URL of SQLite or PostgreSQL
     * @return the schema
     */
    public Schema of(Schema schema, String database) {
        databases.put(schema, database);
        return schema;
    }

    /**
     * A question with the values of its database that it speaks of, unless it has some, no contract asks for any, or nobody
     * said where the database is; and with the knowledge of the user's that the adapter's contract holds.
     *
     * @param adapter what it is called; null for the model as it was loaded
     */
    public SqlQuestion linked(@Nullable String adapter, SqlQuestion question) {
        SqlQuestion known = known(adapter, question);
        if (valueLinks == 0
                || !question.context().values().isEmpty()
                || !(question.schema() instanceof Schema schema)
                || !databases.containsKey(schema)) {
            return known;
        }
        List<ValueLink> found = linkers.of(Objects.requireNonNull(databases.get(schema)), schema)
                .link(question.question());
        return known.withContext(known.context().withValues(found));
    }

    private SqlQuestion known(@Nullable String adapter, SqlQuestion question) {
        KnowledgeBase base = adapter == null
                ? knowledge
                : knowledgeOf
                        .getOrDefault(adapter, Optional.ofNullable(knowledge))
                        .orElse(null);
        return base == null || question.ready() != null
                ? question
                : question.withContext(question.context().withKnowledge(base.of(question)));
    }

    /** A question of a schema, named after the schema's database where that is known. */
    public static SqlQuestion question(String id, String question, SchemaContent schema) {
        return new SqlQuestion(id, schema.databaseId(), question, schema);
    }

    /** The prompt of a question. */
    public String prompt(SqlQuestion question) {
        return template.render(linked(null, question));
    }

    /**
     * The prompt of a question to an adapter.
     *
     * @param adapter what it is called; null for the model as it was loaded
     */
    public String prompt(@Nullable String adapter, SqlQuestion question) {
        return template(adapter).render(linked(adapter, question));
    }

    /** The template of an adapter; the model's own where it has none. */
    public PromptTemplate template(@Nullable String adapter) {
        return adapter == null ? template : templates.getOrDefault(adapter, template);
    }
}

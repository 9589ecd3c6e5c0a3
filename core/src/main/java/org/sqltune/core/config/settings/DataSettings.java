package org.sqltune.core.config.settings;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.settings.knowledge.KnowledgeSettings;

/**
 * Section {@code data}. Either a named data set ({@code dataset}, with {@code path} where its files lie) or files
 * ({@code train_file}, {@code validation_file}, {@code test_file}).
 *
 * @param dataset the data set's name; {@link Dataset#FILES} when {@code train_file} is given and nothing else said
 * @param path folder, archive or file of a named data set, or its name on the hub; not needed for {@code demo} and for
 *     data sets that the hub has
 * @param trainFile JSONL, JSON, CSV or Parquet of {@code {question, schema, sql}}, {@code {prompt, completion}}, conversations or
 *     instructions
 * @param validationFile the same for the validation set
 * @param testFile the same for the test set
 * @param promptFormat how question and schema become a prompt
 * @param schemaFormat how the schema is written inside it
 * @param shuffle whether training order is shuffled every epoch, by {@code training.seed}
 * @param validationSplit share of the training set held out where there is no validation set, in [0, 1)
 * @param stratifyBy what both parts get the same mixture of where a validation set is held out
 * @param maxTrainSamples use at most this many training examples; null for all
 * @param maxEvalSamples use at most this many validation examples; null for all
 * @param schemas what a schema shows beside names and types
 * @param source how rows are read
 * @param templates templates of the user's and of the model's
 * @param knowledge what prompts tell of the user's knowledge
 * @param mix the data sets that {@link Dataset#MIX} is made of; otherwise empty
 */
public record DataSettings(
        Dataset dataset,
        @Nullable Path path,
        @Nullable Path trainFile,
        @Nullable Path validationFile,
        @Nullable Path testFile,
        PromptFormat promptFormat,
        SchemaFormat schemaFormat,
        boolean shuffle,
        double validationSplit,
        StratifyBy stratifyBy,
        @Nullable Integer maxTrainSamples,
        @Nullable Integer maxEvalSamples,
        @JsonUnwrapped SchemaSettings schemas,
        @JsonUnwrapped SourceSettings source,
        @JsonUnwrapped TemplateSettings templates,
        @JsonUnwrapped KnowledgeSettings knowledge,
        List<MixPart> mix) {
    public DataSettings {
        mix = List.copyOf(mix);
    }

    /** With one of the prompt formats, and without a mixture. */
    public DataSettings(
            Dataset dataset,
            @Nullable Path path,
            @Nullable Path trainFile,
            @Nullable Path validationFile,
            @Nullable Path testFile,
            PromptFormat promptFormat,
            SchemaFormat schemaFormat,
            boolean shuffle,
            double validationSplit,
            StratifyBy stratifyBy,
            @Nullable Integer maxTrainSamples,
            @Nullable Integer maxEvalSamples,
            SchemaSettings schemas,
            SourceSettings source) {
        this(
                dataset,
                path,
                trainFile,
                validationFile,
                testFile,
                promptFormat,
                schemaFormat,
                shuffle,
                validationSplit,
                stratifyBy,
                maxTrainSamples,
                maxEvalSamples,
                schemas,
                source,
                TemplateSettings.DEFAULTS,
                KnowledgeSettings.DEFAULTS,
                List.of());
    }

    /** With schemas as their format has them, and rows read as {@link SourceSettings#DEFAULTS} say. */
    public DataSettings(
            Dataset dataset,
            @Nullable Path path,
            @Nullable Path trainFile,
            @Nullable Path validationFile,
            @Nullable Path testFile,
            PromptFormat promptFormat,
            SchemaFormat schemaFormat,
            boolean shuffle,
            double validationSplit,
            StratifyBy stratifyBy,
            @Nullable Integer maxTrainSamples,
            @Nullable Integer maxEvalSamples) {
        this(
                dataset,
                path,
                trainFile,
                validationFile,
                testFile,
                promptFormat,
                schemaFormat,
                shuffle,
                validationSplit,
                stratifyBy,
                maxTrainSamples,
                maxEvalSamples,
                SchemaSettings.DEFAULTS,
                SourceSettings.DEFAULTS);
    }

    /** The same with another path. */
    public DataSettings withPath(Path other) {
        return with(dataset, other, trainFile, source);
    }

    /** The same with another {@code data.database}. */
    public DataSettings withDatabase(String other) {
        return with(
                dataset,
                path,
                trainFile,
                new SourceSettings(source.columns(), other, source.skipBad(), source.textOnlyRows()));
    }

    /** One part of the mixture by itself, with all its rows and without validation and test files. */
    public DataSettings ofPart(MixPart part) {
        boolean files = part.dataset() == Dataset.FILES;
        DataSettings alone = with(part.dataset(), part.path(), part.file(), files ? source : source.withoutOwnRows());
        return new DataSettings(
                alone.dataset,
                alone.path,
                alone.trainFile,
                null,
                null,
                promptFormat,
                schemaFormat,
                shuffle,
                validationSplit,
                stratifyBy,
                null,
                null,
                schemas,
                alone.source,
                templates,
                knowledge,
                List.of());
    }

    private DataSettings with(
            Dataset otherDataset, @Nullable Path otherPath, @Nullable Path otherFile, SourceSettings otherSource) {
        return new DataSettings(
                otherDataset,
                otherPath,
                otherFile,
                validationFile,
                testFile,
                promptFormat,
                schemaFormat,
                shuffle,
                validationSplit,
                stratifyBy,
                maxTrainSamples,
                maxEvalSamples,
                schemas,
                otherSource,
                templates,
                knowledge,
                mix);
    }

    /** The same with other knowledge. */
    public DataSettings withKnowledge(KnowledgeSettings other) {
        return new DataSettings(
                dataset,
                path,
                trainFile,
                validationFile,
                testFile,
                promptFormat,
                schemaFormat,
                shuffle,
                validationSplit,
                stratifyBy,
                maxTrainSamples,
                maxEvalSamples,
                schemas,
                source,
                templates,
                other,
                mix);
    }

    /** The same with other prompts. */
    public DataSettings withPrompts(
            PromptFormat otherFormat,
            SchemaFormat otherSchemaFormat,
            SchemaSettings otherSchemas,
            TemplateSettings otherTemplates) {
        return new DataSettings(
                dataset,
                path,
                trainFile,
                validationFile,
                testFile,
                otherFormat,
                otherSchemaFormat,
                shuffle,
                validationSplit,
                stratifyBy,
                maxTrainSamples,
                maxEvalSamples,
                otherSchemas,
                source,
                otherTemplates,
                knowledge,
                mix);
    }

    /** The embedded demo databases, {@code inst} prompts, {@code TABLE:} schemas, shuffled. */
    public static DataSettings defaults() {
        return new DataSettings(
                Dataset.DEMO,
                null,
                null,
                null,
                null,
                PromptFormat.INST,
                SchemaFormat.TABLE,
                true,
                0.05,
                StratifyBy.AUTO,
                null,
                null);
    }

    /** Data sets by name. */
    public enum Dataset {
        /** The five databases inside the jar with synthesised training pairs. */
        DEMO,
        /** Spider's folder or zip: train_spider.json, train_others.json, dev.json, tables.json, database/. */
        SPIDER,
        /** Spider's CSV with the columns text_query and sql_command. */
        SPIDER_CSV,
        /** CSpider's folder or zip: Spider's databases with Chinese questions. */
        CSPIDER,
        /** WikiSQL's folder or tar.bz2. */
        WIKISQL,
        /** BIRD's folder or zip: dev.json, dev_tables.json, dev_databases/, and the same for train. */
        BIRD,
        /** BIRD's mini-dev: 500 questions of its dev set. */
        BIRD_MINI_DEV,
        /** Gretel's synthetic_text_to_sql as Parquet or JSON. */
        GRETEL,
        /** sql-create-context as JSON. */
        SQL_CREATE_CONTEXT,
        /** The files named by train_file, validation_file and test_file. */
        FILES,
        /** The data sets and files of {@code mix}. */
        MIX;

        /** How configurations write it. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The prompt forms. SqlTune's own four have the schema before the question. */
    public enum PromptFormat {
        /** {@code [INST] instruction, Schema:, Question: [/INST]}, completed by SQL. */
        INST,
        /** An expert's instruction, Database Schema:, Request:, completed by fenced SQL. */
        EXPERT,
        /** {@code [INST]} PostgreSQL instruction with the database's name, completed by SQL with a semicolon. */
        POSTGRES,
        /** CREATE TABLE statements, the question as an SQL comment, completed by SQL. */
        PLAIN,
        /** The user's own template, {@code prompt_template}. */
        TEMPLATE
    }

    /** What a held-out part is made like the rest in. Where the data doesn't tell it, examples are held out at random. */
    public enum StratifyBy {
        /** Complexity where the data tells it, otherwise nothing. */
        AUTO,
        /** Nothing: at random. */
        NONE,
        /** How demanding the SQL is, in the data set's words. */
        COMPLEXITY,
        /** The kind of query, where the data set tells it. */
        CATEGORY,
        /** The field that a question is from. */
        DOMAIN,
        /** The database that is asked. */
        DATABASE
    }

    /** How a schema is written. */
    public enum SchemaFormat {
        /** {@code TABLE: name ( column (type), … )}, a line a table. */
        TABLE,
        /** CREATE TABLE statements. */
        CREATE_TABLE,
        /** {@code name(column, …)}, a line a table: the fewest tokens. */
        COMPACT
    }
}

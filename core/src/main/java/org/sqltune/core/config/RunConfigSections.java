package org.sqltune.core.config;

import static org.sqltune.core.config.Range.ANY;
import static org.sqltune.core.config.Range.above;
import static org.sqltune.core.config.Range.atLeast;
import static org.sqltune.core.config.Range.positiveProbability;
import static org.sqltune.core.config.Range.probability;
import static org.sqltune.core.config.Range.share;

import java.util.List;
import java.util.Map;
import org.sqltune.core.config.settings.DataSettings;
import org.sqltune.core.config.settings.DataSettings.Dataset;
import org.sqltune.core.config.settings.DataSettings.PromptFormat;
import org.sqltune.core.config.settings.DecodingSettings;
import org.sqltune.core.config.settings.DeviceProbe;
import org.sqltune.core.config.settings.EngineSettings;
import org.sqltune.core.config.settings.EngineSettings.Engine;
import org.sqltune.core.config.settings.EvaluationSettings;
import org.sqltune.core.config.settings.EvaluationSettings.Metric;
import org.sqltune.core.config.settings.InferenceSettings;
import org.sqltune.core.config.settings.LoraSettings;
import org.sqltune.core.config.settings.MixPart;
import org.sqltune.core.config.settings.ModelSettings;
import org.sqltune.core.config.settings.ModelSettings.DType;
import org.sqltune.core.config.settings.SchemaSettings;
import org.sqltune.core.config.settings.SourceSettings;
import org.sqltune.core.config.settings.TemplateSettings;
import org.sqltune.core.config.settings.TrainingSettings;
import org.sqltune.core.config.settings.TrainingSettings.Method;
import org.sqltune.core.config.settings.knowledge.KnowledgeSettings;

/** Every key of every section: its name in YAML, its type, what it may be and what it is when it isn't given. */
final class RunConfigSections {
    private static final Map<String, DType> OTHER_DTYPE_NAMES =
            Map.of("float32", DType.FP32, "bfloat16", DType.BF16, "float16", DType.FP16);

    private final ConfigReader reader;
    private final DeviceProbe devices;

    RunConfigSections(ConfigReader reader, DeviceProbe devices) {
        this.reader = reader;
        this.devices = devices;
    }

    RunConfig read() {
        RunConfig defaults = RunConfig.defaults();
        ConfigSection modelSection = reader.section("model");
        ModelSettings model = model(modelSection, defaults.model());
        DevicePreset preset = DevicePreset.of(model.device(), devices);
        LoraSettings lora = lora(reader.section("lora"), defaults.lora());
        DataSettings data = data(reader.section("data"), defaults.data());
        TrainingSettings training = new TrainingSection(reader.section("training"), defaults.training(), preset).read();
        boolean frozen = training.method() == Method.LORA;
        return new RunConfig(
                preset.over(model, !modelSection.gives("dtype"), frozen && !modelSection.gives("quantization")),
                lora,
                data,
                training,
                evaluation(reader.section("evaluation"), defaults.evaluation()),
                inference(reader.section("inference"), defaults.inference()));
    }

    private static ModelSettings model(ConfigSection in, ModelSettings defaults) {
        return new ModelSettings(
                in.text("name", defaults.name()),
                in.text("revision", defaults.revision()),
                in.choice("dtype", defaults.dtype(), OTHER_DTYPE_NAMES),
                in.choice("device", defaults.device()),
                in.choice("quantization", defaults.quantization()));
    }

    private static LoraSettings lora(ConfigSection in, LoraSettings defaults) {
        return new LoraSettings(
                in.integer("r", defaults.r(), atLeast(1)),
                in.number("lora_alpha", defaults.loraAlpha(), above(0)),
                in.number("lora_dropout", defaults.loraDropout(), share()),
                in.names(
                        "target_modules",
                        defaults.targetModules(),
                        "names of the model's linear layers, such as q_proj and v_proj",
                        LoraSettings.ALL_LINEAR,
                        LoraSettings::isPattern),
                in.flag("use_rslora", defaults.useRslora()),
                in.flag("use_dora", defaults.useDora()),
                in.matching(
                        "init_lora_weights",
                        defaults.initLoraWeights(),
                        "true, gaussian, pissa or pissa_niter_16",
                        "true|gaussian|pissa(_niter_\\d{1,4})?"),
                in.integers("rank_pattern", defaults.rankPattern(), atLeast(1)),
                in.numbers("alpha_pattern", defaults.alphaPattern(), above(0)));
    }

    private DataSettings data(ConfigSection in, DataSettings defaults) {
        boolean namesFiles = in.gives("train_file") || in.gives("validation_file") || in.gives("test_file");
        List<MixPart> mix = new MixSection(reader).read();
        Dataset usual = !mix.isEmpty() ? Dataset.MIX : namesFiles ? Dataset.FILES : defaults.dataset();
        Dataset dataset = in.choice("dataset", usual);
        // Files are taken as they are: nothing is held out of them unless asked for.
        double validationSplit = dataset == Dataset.FILES ? 0 : defaults.validationSplit();
        PromptFormat promptFormat = in.gives("prompt_template") ? PromptFormat.TEMPLATE : defaults.promptFormat();
        return new DataSettings(
                dataset,
                in.optionalPath("path", defaults.path()),
                in.optionalPath("train_file", defaults.trainFile()),
                in.optionalPath("validation_file", defaults.validationFile()),
                in.optionalPath("test_file", defaults.testFile()),
                in.choice("prompt_format", promptFormat),
                in.choice("schema_format", defaults.schemaFormat()),
                in.flag("shuffle", defaults.shuffle()),
                in.number("validation_split", validationSplit, share()),
                in.choice("stratify_by", defaults.stratifyBy()),
                in.optionalInteger("max_train_samples", defaults.maxTrainSamples(), atLeast(1)),
                in.optionalInteger("max_eval_samples", defaults.maxEvalSamples(), atLeast(1)),
                schemas(in, defaults.schemas()),
                source(in, defaults.source()),
                templates(in, defaults.templates()),
                knowledge(in, defaults.knowledge()),
                mix);
    }

    private static KnowledgeSettings knowledge(ConfigSection in, KnowledgeSettings defaults) {
        return new KnowledgeSettings(
                in.optionalText("glossary", defaults.glossary()),
                in.flag("glossary_comments", defaults.glossaryComments()),
                in.optionalText("examples", defaults.examples()),
                in.optionalText("documentation", defaults.documentation()),
                in.integer("retrieved_examples", defaults.retrievedExamples(), atLeast(0)),
                in.integer("retrieved_paragraphs", defaults.retrievedParagraphs(), atLeast(0)),
                in.integer("retrieved_max_tokens", defaults.retrievedMaxTokens(), atLeast(1)));
    }

    private static TemplateSettings templates(ConfigSection in, TemplateSettings defaults) {
        return new TemplateSettings(
                in.optionalText("prompt_template", defaults.promptTemplate()),
                in.optionalText("chat_template", defaults.chatTemplate()),
                in.optionalText("system_prompt", defaults.systemPrompt()),
                in.choice("assistant_loss", defaults.assistantLoss()));
    }

    private static SourceSettings source(ConfigSection in, SourceSettings defaults) {
        return new SourceSettings(
                in.texts("columns", defaults.columns()),
                in.optionalText("database", defaults.database()),
                in.flag("skip_bad", defaults.skipBad()),
                in.flag("text_only_rows", defaults.textOnlyRows()));
    }

    private static SchemaSettings schemas(ConfigSection in, SchemaSettings defaults) {
        return new SchemaSettings(
                in.optionalFlag("schema_primary_keys", defaults.schemaPrimaryKeys()),
                in.optionalFlag("schema_foreign_keys", defaults.schemaForeignKeys()),
                in.flag("schema_comments", defaults.schemaComments()),
                in.optionalInteger("schema_sample_values", defaults.schemaSampleValues(), atLeast(0)),
                in.optionalInteger("schema_max_tokens", defaults.schemaMaxTokens(), atLeast(1)),
                in.integer("value_links", defaults.valueLinks(), atLeast(0)));
    }

    private static EvaluationSettings evaluation(ConfigSection in, EvaluationSettings defaults) {
        return new EvaluationSettings(
                in.choices("metrics", defaults.metrics(), Metric.class),
                in.optionalInteger("max_samples", defaults.maxSamples(), atLeast(1)),
                in.optionalPath("database_path", defaults.databasePath()),
                in.number("timeout_seconds", defaults.timeoutSeconds(), above(0)),
                in.integer("max_rows", defaults.maxRows(), atLeast(1)),
                in.integer("ves_runs", defaults.vesRuns(), atLeast(0)));
    }

    private static InferenceSettings inference(ConfigSection in, InferenceSettings defaults) {
        return new InferenceSettings(
                decoding(in, defaults.decoding()),
                in.integer("n", defaults.n(), atLeast(1)),
                in.flag("confidence", defaults.confidence()),
                in.choice("constraint", defaults.constraint()),
                in.integer("max_batch_size", defaults.maxBatchSize(), atLeast(1)),
                in.wholeNumber("kv_cache_bytes", defaults.kvCacheBytes(), atLeast(1)),
                engine(in, defaults.runtime()),
                in.choice("weights", defaults.weights()));
    }

    private static EngineSettings engine(ConfigSection in, EngineSettings defaults) {
        return new EngineSettings(
                in.choice("engine", defaults.engine(), Engine::spelling),
                in.optionalText("engine_url", defaults.engineUrl()),
                in.optionalText("engine_model", defaults.engineModel()),
                in.choice("engine_api", defaults.engineApi()),
                in.choice("engine_prompt", defaults.enginePrompt()),
                in.text("engine_key", defaults.engineKey()),
                in.number("engine_timeout_seconds", defaults.engineTimeoutSeconds(), above(0)));
    }

    private static DecodingSettings decoding(ConfigSection in, DecodingSettings defaults) {
        return new DecodingSettings(
                in.number("temperature", defaults.temperature(), atLeast(0)),
                in.number("top_p", defaults.topP(), positiveProbability()),
                in.integer("top_k", defaults.topK(), atLeast(0)),
                in.number("min_p", defaults.minP(), probability()),
                in.number("repetition_penalty", defaults.repetitionPenalty(), above(0)),
                in.integer("num_beams", defaults.numBeams(), atLeast(1)),
                in.number("length_penalty", defaults.lengthPenalty(), ANY),
                in.integer("max_new_tokens", defaults.maxNewTokens(), atLeast(1)),
                in.wholeNumber("seed", defaults.seed(), ANY),
                in.integer("speculation", defaults.speculation(), atLeast(0)));
    }
}

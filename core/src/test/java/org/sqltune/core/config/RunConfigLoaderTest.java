package org.sqltune.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.core.config.settings.BatchSettings.GradientCheckpointing;
import org.sqltune.core.config.settings.DataSettings;
import org.sqltune.core.config.settings.DataSettings.Dataset;
import org.sqltune.core.config.settings.DataSettings.PromptFormat;
import org.sqltune.core.config.settings.DataSettings.SchemaFormat;
import org.sqltune.core.config.settings.EvaluationSettings.Metric;
import org.sqltune.core.config.settings.LoraSettings;
import org.sqltune.core.config.settings.ModelSettings.DType;
import org.sqltune.core.config.settings.ScheduleSettings;
import org.sqltune.core.config.settings.ScheduleSettings.LrSchedulerKwargs;
import org.sqltune.core.config.settings.ScheduleSettings.LrSchedulerType;
import org.sqltune.core.config.settings.SelectionSettings.BestMetric;
import org.sqltune.core.config.settings.TrainingSettings;

class RunConfigLoaderTest {
    @TempDir
    private Path folder;

    private final RunConfigLoader loader = new RunConfigLoader(path -> true);

    @Test
    void anEmptyFileGivesTheDefaults() throws IOException {
        Path file = Files.writeString(folder.resolve("empty.yaml"), "");
        assertThat(loader.load(file, List.of())).isEqualTo(RunConfig.defaults());
    }

    @ParameterizedTest
    @ValueSource(strings = {"# only a comment\n", "---\n", "lora:\ntraining:\n"})
    void aTextWithoutKeysGivesTheDefaults(String yaml) {
        assertThat(load(yaml)).isEqualTo(RunConfig.defaults());
    }

    @Test
    void noFileGivesTheDefaultsWithTheOverrides() {
        RunConfig config = loader.load(null, List.of("lora.r=4"));
        assertThat(config.lora().r()).isEqualTo(4);
        assertThat(config.training()).isEqualTo(RunConfig.defaults().training());
    }

    @ParameterizedTest
    @CsvSource({
        "true, FULL",
        "false, NONE",
        "on, FULL",
        "'no', NONE",
        "none, NONE",
        "Selective, SELECTIVE",
        "full, FULL",
        "auto, AUTO"
    })
    void checkpointingIsAFlagAsTransformersHasItOrAMode(String written, GradientCheckpointing expected) {
        RunConfig config = load("training:\n  gradient_checkpointing: " + written + "\n");
        assertThat(config.training().batches().gradientCheckpointing()).isEqualTo(expected);
        assertThat(load(RunConfigWriter.toYaml(config))).isEqualTo(config);
    }

    @Test
    void everyKeyOfATrainingRunOnFilesIsUnderstood() {
        RunConfig config = load("""
                model:
                  name: models/tiny
                  revision: refs/pr/1
                  dtype: fp32
                lora:
                  r: 4
                  lora_alpha: 8
                  lora_dropout: 0.0
                  target_modules: [q_proj, v_proj]
                data:
                  train_file: train.jsonl
                  shuffle: false
                training:
                  init_adapter: adapter
                  output_dir: out
                  max_steps: 20
                  per_device_train_batch_size: 2
                  gradient_accumulation_steps: 2
                  learning_rate: 1e-3
                  lr_scheduler_type: constant
                  warmup_steps: 0
                  weight_decay: 0.01
                  max_grad_norm: 1.0
                  logging_steps: 1
                  seed: 7
                """);
        assertThat(config.model().name()).isEqualTo("models/tiny");
        assertThat(config.model().revision()).isEqualTo("refs/pr/1");
        assertThat(config.model().dtype()).isEqualTo(DType.FP32);
        assertThat(config.lora()).isEqualTo(new LoraSettings(4, 8, 0, List.of("q_proj", "v_proj")));
        assertThat(config.data().dataset()).isEqualTo(Dataset.FILES);
        assertThat(config.data().trainFile()).isEqualTo(Path.of("train.jsonl"));
        assertThat(config.data().shuffle()).isFalse();
        assertThat(config.data().validationSplit()).isZero();
        TrainingSettings training = config.training();
        assertThat(training.initAdapter()).isEqualTo(Path.of("adapter"));
        assertThat(training.outputDir()).isEqualTo(Path.of("out"));
        assertThat(training.length().maxSteps()).isEqualTo(20);
        assertThat(training.batches().perDeviceTrainBatchSize()).isEqualTo(2);
        assertThat(training.batches().gradientAccumulationSteps()).isEqualTo(2);
        assertThat(training.optimizer().learningRate()).isEqualTo(1e-3);
        assertThat(training.schedule().lrSchedulerType()).isEqualTo(LrSchedulerType.CONSTANT);
        assertThat(training.schedule().warmupSteps()).isZero();
        assertThat(training.schedule().warmupRatio()).isZero();
        assertThat(training.optimizer().weightDecay()).isEqualTo(0.01);
        assertThat(training.optimizer().maxGradNorm()).isEqualTo(1.0);
        assertThat(training.intervals().loggingSteps()).isEqualTo(1);
        assertThat(training.seed()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({"auto, AUTO", "fp32, FP32", "float32, FP32", "bf16, BF16", "bfloat16, BF16", "BF16, BF16"})
    void aDtypeHasItsShortAndItsLongName(String name, DType expected) {
        assertThat(load("model: {dtype: " + name + "}").model().dtype()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".*\\.(q|v)_proj",
                "model.layers.[0-3]{1,2}.self_attn.(?:q_proj, v_proj)?",
                "'^.*_proj$'",
                "[\".*q_proj\"]"
            })
    void aRegularExpressionIsATargetByItself(String value) {
        String expected = value.replaceAll("^['\\[\"]+|['\\]\"]+$", "");
        RunConfig config = load("lora:\n  target_modules: " + value);

        assertThat(config.lora().targetPattern()).isEqualTo(expected);
        assertThat(load(RunConfigWriter.toYaml(config)).lora()).isEqualTo(config.lora());
    }

    @Test
    void anExpressionThatIsNoneIsAFault() {
        assertThatThrownBy(() -> load("lora:\n  target_modules: .*\\.(q_proj"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("lora.target_modules")
                .hasMessageContaining("is not a regular expression");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[k_proj, o_proj]", "'k_proj, o_proj'", "k_proj,o_proj"})
    void targetModulesAreAListOrACommaSeparatedText(String value) {
        assertThat(load("lora:\n  target_modules: " + value).lora().targetModules())
                .containsExactly("k_proj", "o_proj");
    }

    @ParameterizedTest
    @ValueSource(strings = {"all-linear", "[all-linear]"})
    void allLinearStandsAlone(String value) {
        assertThat(load("lora:\n  target_modules: " + value).lora().targetModules())
                .containsExactly(LoraSettings.ALL_LINEAR);
    }

    @Test
    void namesOfConstantsAreLowerCase() {
        RunConfig config = load("""
                data: {prompt_format: plain, schema_format: create_table}
                evaluation: {metrics: "loss, exact_match"}
                """);
        assertThat(config.data().promptFormat()).isEqualTo(PromptFormat.PLAIN);
        assertThat(config.data().schemaFormat()).isEqualTo(SchemaFormat.CREATE_TABLE);
        assertThat(config.evaluation().metrics()).containsExactly(Metric.LOSS, Metric.EXACT_MATCH);
    }

    @Test
    void nullTakesAnOptionalValueAway() {
        RunConfig config = load("training:\n  save_total_limit: null\n  max_steps: ~\n  max_minutes:\n");
        assertThat(config.training().intervals().saveTotalLimit()).isNull();
        assertThat(config.training().length().maxSteps()).isNull();
        assertThat(config.training().length().maxMinutes()).isNull();
    }

    @Test
    void anOverrideWinsOverTheFileAndALaterOneOverAnEarlierOne() {
        RunConfig config = loader.load(
                "run.yaml",
                "training: {learning_rate: 5e-5, seed: 1, max_steps: 9}",
                List.of(
                        "training.learning_rate=1e-3",
                        "training.learning_rate=1e-4",
                        "training.max_steps=",
                        "lora.target_modules=[q_proj, k_proj]",
                        "training.output_dir=out=1"));
        assertThat(config.training().optimizer().learningRate()).isEqualTo(1e-4);
        assertThat(config.training().seed()).isEqualTo(1);
        assertThat(config.training().length().maxSteps()).isNull();
        assertThat(config.lora().targetModules()).containsExactly("q_proj", "k_proj");
        assertThat(config.training().outputDir()).isEqualTo(Path.of("out=1"));
    }

    @Test
    void aDottedKeyInTheFileMeansTheSameAsASection() {
        assertThat(load("training.seed: 5").training().seed()).isEqualTo(5);
    }

    @Test
    void nothingIsHeldOutOfFilesUnlessAskedFor() {
        assertThat(load("data: {train_file: a.jsonl}").data().validationSplit()).isZero();
        assertThat(load("data: {train_file: a.jsonl, validation_split: 0.1}")
                        .data()
                        .validationSplit())
                .isEqualTo(0.1);
        assertThat(load("data: {dataset: spider, path: spider}").data().validationSplit())
                .isEqualTo(DataSettings.defaults().validationSplit());
    }

    @Test
    void aTestFileAloneIsADataSetOfFiles() {
        assertThat(load("data: {test_file: test.jsonl}").data().dataset()).isEqualTo(Dataset.FILES);
    }

    @Test
    void warmupStepsOfNoneMeansNoWarmup() {
        assertThat(load("training: {warmup_steps: 0}").training().schedule().warmupRatio())
                .isZero();
        assertThat(load("training: {learning_rate: 1e-4}").training().schedule().warmupRatio())
                .isEqualTo(TrainingSettings.defaults().schedule().warmupRatio());
    }

    @Test
    void whatASchedulerCanBeToldStandsUnderItsOwnKey() {
        ScheduleSettings schedule = load("""
                training:
                  lr_scheduler_type: polynomial
                  lr_scheduler_kwargs: {power: 2, lr_end: 1e-6}
                """).training().schedule();
        assertThat(schedule.lrSchedulerKwargs()).isEqualTo(new LrSchedulerKwargs(null, null, 1e-6, 2.0, null));
    }

    @ParameterizedTest
    @CsvSource({
        "eval_loss, EVAL_LOSS",
        "loss, EVAL_LOSS",
        "exact_match, EXACT_MATCH",
        "eval_execution_accuracy, EXECUTION_ACCURACY"
    })
    void aMetricHasItsNameWithAndWithoutPrefix(String name, BestMetric expected) {
        assertThat(load("training: {metric_for_best_model: " + name + "}")
                        .training()
                        .selection()
                        .metricForBestModel())
                .isEqualTo(expected);
    }

    @Test
    void aMissingFileIsNamed() {
        Path missing = folder.resolve("nowhere.yaml");
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> loader.load(missing, List.of()))
                .withMessageContaining("nowhere.yaml")
                .withMessageContaining("doesn't exist");
    }

    private RunConfig load(String yaml) {
        return loader.load("run.yaml", yaml, List.of());
    }

    /** What stands behind the first equals sign is the value, without the blanks around it. */
    @Test
    void anOverridesValueMayHoldAnythingAndBeEmpty() {
        RunConfig config = loader.load(
                "given",
                "training: {max_steps: 5}\ndata: {train_file: a}",
                List.of(
                        " data.database = jdbc:postgresql://h/db?a=b ",
                        "training.max_steps=",
                        "evaluation.metrics=[ loss ,bleu ]",
                        "lora.target_modules=[all-linear]"));
        assertThat(config.data().source().database()).isEqualTo("jdbc:postgresql://h/db?a=b");
        assertThat(config.training().length().maxSteps()).isNull();
        assertThat(config.evaluation().metrics()).extracting(Enum::name).containsExactly("LOSS", "BLEU");
        assertThat(config.lora().targetModules()).containsExactly("all-linear");
    }
}

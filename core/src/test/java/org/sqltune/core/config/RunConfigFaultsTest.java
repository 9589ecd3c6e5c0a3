package org.sqltune.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunConfigFaultsTest {
    @Test
    void everyFaultIsReportedAtOnce() {
        List<String> faults = faults("""
                model:
                  dtype: fp64
                lora:
                  r: 0
                  target_modules: [q_proj, all-linear]
                training:
                  learning_rte: 2e-4
                  seed: soon
                  gradient_checkpointing: perhaps
                """, "inference.top_p=1.5");
        assertThat(faults)
                .containsExactlyInAnyOrder(
                        "line 2: model.dtype is 'fp64': give one of auto, fp32, bf16, fp16",
                        "line 4: lora.r is '0': give a whole number of at least 1",
                        "line 5: lora.target_modules is [q_proj, all-linear]: 'all-linear' isn't known; give a list"
                                + " of names of the model's linear layers, such as q_proj and v_proj, all-linear, or a regular expression for their whole paths",
                        "line 7: unknown key training.learning_rte: did you mean training.learning_rate?",
                        "line 8: training.seed is 'soon': give a whole number",
                        "line 9: training.gradient_checkpointing is 'perhaps': give one of none, selective, full, auto",
                        "command line: inference.top_p is '1.5': give a number above 0 and at most 1");
    }

    @Test
    void aSchedulesKeysBelongToItAndFitTogether() {
        assertThat(faults("training: {lr_scheduler_type: cosine_with_min_lr}"))
                .singleElement()
                .asString()
                .contains("needs one of training.lr_scheduler_kwargs.min_lr and .min_lr_rate, and not both");
        assertThat(faults("training.lr_scheduler_kwargs.power: 2"))
                .singleElement()
                .asString()
                .contains("belongs to lr_scheduler_type polynomial, not to cosine");
        assertThat(faults("training: {lr_scheduler_type: polynomial, lr_scheduler_kwargs: {lr_end: 0.1}}"))
                .singleElement()
                .asString()
                .contains("lr_end is '0.1': isn't below training.learning_rate 2.0E-4");
        assertThat(faults("training: {early_stopping_patience: 2, eval_steps: 0}"))
                .singleElement()
                .asString()
                .contains("set training.eval_steps above 0");
    }

    @Test
    void theMessageNamesTheSourceAndCountsTheFaults() {
        ConfigException exception = exception("lora: {r: 0, lora_alpha: -1}");
        assertThat(exception).hasMessageStartingWith("run.yaml: 2 faults\n  ");
        assertThat(exception("lora: {r: 0}"))
                .hasMessage("run.yaml: line 1: lora.r is '0': give a whole number of at least 1");
    }

    @ParameterizedTest
    @CsvSource({
        "training.learning_rte, training.learning_rate",
        "training.lora_alpha, lora.lora_alpha",
        "trainig.seed, training.seed",
        "lora.alpha, lora.lora_alpha",
        "lora.rank, lora.r",
        "training.epochs, training.num_train_epochs",
        "training.batch_size, training.per_device_train_batch_size",
        "model.base_model, model.name",
        "data.tain_file, data.train_file",
        "inference.max_tokens, inference.max_new_tokens",
        "inference.temprature, inference.temperature",
        "evaluation.timeout, evaluation.timeout_seconds",
        "learning_rate, training.learning_rate"
    })
    void anUnknownKeyComesWithTheNearestKnownOne(String unknown, String nearest) {
        assertThat(faults(unknown + ": 1"))
                .containsExactly("line 1: unknown key " + unknown + ": did you mean " + nearest + "?");
    }

    @Test
    void aKeyNearToNothingComesWithItsSectionsKeys() {
        assertThat(faults("lora: {initialisation_scheme: pissa}"))
                .containsExactly("line 1: unknown key lora.initialisation_scheme: lora has r, lora_alpha, lora_dropout,"
                        + " target_modules, use_rslora, use_dora, init_lora_weights, rank_pattern, alpha_pattern");
    }

    @Test
    void anUnknownSectionComesWithTheKnownOnes() {
        assertThat(faults("deployment:\n  ollama_registry_address: here\n"))
                .containsExactly("line 2: unknown key deployment.ollama_registry_address: the sections are model, lora,"
                        + " data, training, evaluation, inference");
    }

    @Test
    void aValueWhereASectionBelongsIsExplained() {
        assertThat(faults("model: tinyllama"))
                .containsExactly("line 1: model is a section: put its keys below it, such as model.name");
    }

    @Test
    void aSectionWhereAValueBelongsIsExplained() {
        assertThat(faults("training:\n  seed:\n    value: 3\n"))
                .containsExactly(
                        "line 3: training.seed.value can't be: training.seed takes a value, not keys of its own");
    }

    @Test
    void aListWhereAValueBelongsIsExplained() {
        assertThat(faults("training: {seed: [1, 2]}"))
                .containsExactly("line 1: training.seed is [1, 2]: give a whole number");
    }

    @ParameterizedTest
    @CsvSource({
        "training.max_steps, 1.5, 'a whole number of at least 1, or null for none'",
        "training.max_steps, 3000000000, 'a whole number of at least 1, or null for none'",
        "training.learning_rate, fast, a number above 0",
        "training.learning_rate, .nan, a number above 0",
        "training.learning_rate, 0, a number above 0",
        "training.weight_decay, -0.1, a number of at least 0",
        "lora.lora_dropout, 1, a number from 0 to below 1",
        "training.per_device_train_batch_size, null, a whole number of at least 1",
        "lora.init_lora_weights, pisa, 'true, gaussian, pissa or pissa_niter_16'",
        "lora.init_lora_weights, false, 'true, gaussian, pissa or pissa_niter_16'",
        "lora.rank_pattern.q_proj, 0, a whole number of at least 1",
        "lora.rank_pattern.q_proj, [2], a whole number of at least 1",
        "lora.alpha_pattern.q_proj, -1, a number above 0",
        "lora.rank_pattern, 8, 'names with a whole number of at least 1 each, such as lora.rank_pattern.q_proj'",
        "inference.engine, llama, 'one of native, llama.cpp, openai, ollama'",
        "data.dataset, spidr, 'one of demo, spider, spider_csv, cspider, wikisql, bird, bird_mini_dev, gretel, sql_create_context, files, mix'",
        "evaluation.metrics, [], 'a list of execution_accuracy, exact_match, bleu, rouge_l, loss'",
    })
    void aWrongValueComesWithWhatTheKeyTakes(String key, String value, String expected) {
        assertThat(faults(key + ": " + value))
                .singleElement()
                .asString()
                .startsWith("line 1: " + key + " is ")
                .endsWith(": give " + expected);
    }

    @Test
    void aKeyGivenTwiceNamesBothLines() {
        assertThat(faults("training:\n  seed: 1\n  seed: 2\n"))
                .containsExactly("line 3: training.seed was already given on line 2: keep one of them");
    }

    @Test
    void brokenYamlNamesTheLine() {
        assertThat(faults("training:\n  seed: [1, 2\nlora:\n  r: 8\n"))
                .singleElement()
                .asString()
                .startsWith("line 3: not valid YAML (");
    }

    @Test
    void aTabForIndentationNamesTheLine() {
        assertThat(faults("training:\n\tseed: 1\n")).singleElement().asString().startsWith("line 2: not valid YAML (");
    }

    @Test
    void aFileThatIsNoMappingIsExplained() {
        assertThat(faults("- a\n- b\n")).singleElement().asString().contains("must hold sections");
        assertThat(faults("just words")).singleElement().asString().contains("must hold sections");
    }

    @Test
    void aSecondDocumentIsRefused() {
        assertThat(faults("lora: {r: 4}\n---\nlora: {r: 8}\n"))
                .singleElement()
                .asString()
                .contains("second document");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"evaluation: {metrics: [[loss], bleu]}", "evaluation: {metrics: [bleu, {loss: 1}]}"})
    void aListInsideAListIsExplained(String yaml) {
        assertThat(faults(yaml))
                .containsExactly(
                        "line 1: evaluation.metrics holds a list or section inside its list: give single values");
    }

    @Test
    void aFileThatIsNoUtf8TextOrAFolderIsNamed(@TempDir Path folder) throws IOException {
        Path binary = Files.write(folder.resolve("run.yaml"), new byte[] {'a', ':', ' ', (byte) 0xff, (byte) 0xfe});
        assertThat(unread(binary))
                .hasMessage(binary + ": the configuration file can't be read (it is not UTF-8 text): check --config");
        assertThat(unread(folder))
                .hasMessage(folder + ": the configuration file is a folder or a device: check --config");
    }

    @Test
    void aFileAboveOneMebibyteIsNotRead(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("run.yaml"), "#".repeat((1 << 20) + 1));
        assertThat(unread(file)).hasMessageContaining("has 1048577 bytes, more than the 1048576 that are read");
        assertThat(exception(" ".repeat((1 << 20) + 1))).hasMessageContaining("1048577 characters");
    }

    private static ConfigException unread(Path file) {
        return catchThrowableOfType(
                ConfigException.class, () -> new RunConfigLoader(each -> true).load(file, List.of()));
    }

    @Test
    void nestingBeyondAHundredLevelsIsRefused() {
        assertThat(faults("a: " + "[".repeat(1000)))
                .anySatisfy(fault ->
                        assertThat(fault).contains("more than 100 deep").doesNotContain("StreamReadConstraints"));
        assertThat(faults("a: " + "{b: ".repeat(5000)))
                .anySatisfy(fault -> assertThat(fault).contains("more than 100 deep"));
    }

    /** Ten lines that stand for a thousand million texts where aliases are followed. */
    @Test
    void aliasesThatMultiplyAreNotFollowed() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [lol]\n");
        for (int i = 1; i < 10; i++) {
            bomb.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ",").repeat(10)));
        }
        assertThat(exception(bomb.toString()).getMessage().lines()).hasSizeLessThanOrEqualTo(22);
    }

    @Test
    void ofManyFaultsTwentyAreShown() {
        StringBuilder yaml = new StringBuilder();
        for (int i = 0; i < 30_000; i++) {
            yaml.append("nonsense_").append(i).append(": 1\n");
        }
        ConfigException exception = exception(yaml.toString());
        assertThat(exception.faults()).hasSize(30_000);
        assertThat(exception.getMessage().lines())
                .hasSize(22)
                .last()
                .asString()
                .isEqualTo("  and 29980 more: mend these first");
    }

    @Test
    void aLongValueIsCut() {
        assertThat(exception("training: {learning_rate: " + "9".repeat(100_000) + "x}")
                        .getMessage())
                .hasSizeLessThan(1000);
    }

    @Test
    void anAliasIsRefused() {
        assertThat(faults("lora: {r: &rank 4, lora_alpha: *rank}"))
                .anySatisfy(fault -> assertThat(fault).contains("*rank").contains("write the value out"));
    }

    @ParameterizedTest
    @CsvSource({"seed=3", "training.seed", "=3", "run.yaml"})
    void anOverrideWithoutSectionKeyAndValueIsExplained(String override) {
        assertThat(faults("", override))
                .containsExactly("command line: '" + override
                        + "' isn't an override: write section.key=value, such as training.learning_rate=1e-4");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "data: {dataset: spider, train_file: a.jsonl} | data.dataset is 'spider': contradicts data.train_file",
                "data: {dataset: files} | needs data.train_file",
                "data: {dataset: spider} | needs data.path",
                "data: {path: spider} | set data.dataset",
                "data: {train_file: a, validation_file: b, validation_split: 0.1} | contradicts data.validation_file",
                "training: {method: full, init_adapter: a} | contradicts training.method full",
                "lora: {init_lora_weights: pissa, use_dora: true} | lora.use_dora is 'true': contradicts init_lora_weights",
                "{lora: {init_lora_weights: pissa}, training: {init_adapter: a}} | contradicts training.init_adapter",
                "{lora: {init_lora_weights: pissa}, model: {quantization: int8}} | set model.quantization: none",
                "training: {method: full, loraplus_lr_ratio: 4} | is for training.method lora",
                "training: {optim: muon, loraplus_lr_ratio: 4} | with training.optim adamw",
                "training: {init: random} | set training.method: full",
                "{training: {method: full}, model: {quantization: nf4}} | only frozen weights are quantised",
                "training: {lr_scheduler_type: constant, warmup_steps: 10} | use constant_with_warmup",
                "training: {lr_scheduler_type: constant, warmup_ratio: 0.1} | use constant_with_warmup",
                "training: {warmup_steps: 10, warmup_ratio: 0.1} | contradicts training.warmup_ratio",
                "training: {report_to: [none, mlflow]} | none contradicts the others",
            })
    void settingsThatContradictEachOtherAreExplained(String yaml, String expected) {
        assertThat(faults(yaml)).singleElement().asString().contains(expected);
    }

    @Test
    void everyMissingFileIsNamed(@TempDir Path folder) {
        String there = folder.toString().replace('\\', '/');
        String yaml = """
                model: {name: ./nowhere/model}
                data: {train_file: "%1$s", validation_file: "%1$s/no.jsonl"}
                training: {init_adapter: "%1$s/no"}
                evaluation: {database_path: "%1$s/none"}
                """.formatted(there);
        ConfigException exception = catchThrowableOfType(
                ConfigException.class, () -> new RunConfigLoader().load("run.yaml", yaml, List.of()));
        assertThat(exception.faults())
                .hasSize(4)
                .allSatisfy(fault -> assertThat(fault).contains("there is no such file or folder"))
                .extracting(fault -> fault.split(" ", -1)[2])
                .containsExactly(
                        "model.name", "data.validation_file", "training.init_adapter", "evaluation.database_path");
    }

    private static List<String> faults(String yaml, String... overrides) {
        return exception(yaml, overrides).faults();
    }

    private static ConfigException exception(String yaml, String... overrides) {
        RunConfigLoader loader = new RunConfigLoader(path -> true);
        ConfigException exception =
                catchThrowableOfType(ConfigException.class, () -> loader.load("run.yaml", yaml, List.of(overrides)));
        assertThat(exception).as("a configuration with faults: " + yaml).isNotNull();
        return exception;
    }
}

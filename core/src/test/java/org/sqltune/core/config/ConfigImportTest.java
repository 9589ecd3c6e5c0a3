package org.sqltune.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqltune.core.config.ImportedConfig.LeftOut;
import org.sqltune.core.config.ImportedConfig.Mapped;
import org.sqltune.core.config.settings.DataSettings.Dataset;
import org.sqltune.core.config.settings.EvaluationSettings.Metric;
import org.sqltune.core.config.settings.ModelSettings.DType;
import org.sqltune.core.config.settings.ModelSettings.Quantization;

/** Configurations of other projects, read as SqlTune's. */
class ConfigImportTest {
    /** Of a project that evaluates through Ollama. */
    private static final String SIMPLE = """
            # config.yaml
            model:
              name: "defog/sqlcoder-7b-2"
              ollama_name: "sqlcoder-7b"
              max_tokens: 512
              temperature: 0.1

            benchmark:
              name: "spider"
              test_split: "test"
              database_path: "./data/benchmarks/spider/database"

            evaluation:
              metrics: ["exact_match", "execution_accuracy", "component_accuracy"]
              timeout: 30  # seconds per query

            finetuning:
              method: "qlora"
              lora_r: 16
              lora_alpha: 32
              lora_dropout: 0.1
              learning_rate: 2e-4
              batch_size: 4
              num_epochs: 3
              gradient_accumulation_steps: 4
              max_seq_length: 2048

            ollama:
              base_url: "http://localhost:11434"
              timeout: 300
            """;

    /** Of a project with TRL and PEFT. */
    private static final String SECTIONS = """
            model:
              name: TinyLlama/TinyLlama-1.1B-Chat-v1.0
              max_seq_length: 256
              dtype: float16
            lora:
              r: 8
              lora_alpha: 16
              lora_dropout: 0.05
              target_modules: [q_proj, v_proj]
              bias: none
              task_type: CAUSAL_LM
            data:
              csv_path: data/spider_text_sql.csv
            training:
              output_dir: outputs/spider
              num_epochs: 3
              batch_size: 1
              gradient_accumulation_steps: 16
              learning_rate: 2.0e-4
              lr_scheduler_type: cosine
              fp16: true
              gradient_checkpointing: true
              eval_strategy: steps
              eval_steps: 250
              report_to: wandb
              seed:
            inference:
              temperature: 0.1
              top_p: 0.95
              max_new_tokens: 128
            frontend:
              port: 3000
            """;

    @TempDir
    private Path folder;

    private static RunConfig load(ImportedConfig imported) {
        return new RunConfigLoader(path -> true).load("imported", imported.yaml(), List.of());
    }

    @Test
    void theFormWithABenchmarkAndOllamaIsRead() {
        ImportedConfig imported = ConfigImport.of("config.yaml", SIMPLE);
        RunConfig config = load(imported);
        assertThat(config.model().name()).isEqualTo("defog/sqlcoder-7b-2");
        assertThat(config.model().quantization()).isEqualTo(Quantization.NF4);
        assertThat(config.lora().r()).isEqualTo(16);
        assertThat(config.lora().loraDropout()).isEqualTo(0.1);
        assertThat(config.data().dataset()).isEqualTo(Dataset.SPIDER);
        assertThat(config.data().path()).isEqualTo(Path.of("./data/benchmarks/spider"));
        assertThat(config.evaluation().databasePath()).isEqualTo(Path.of("./data/benchmarks/spider/database"));
        assertThat(config.evaluation().metrics()).containsExactly(Metric.EXACT_MATCH, Metric.EXECUTION_ACCURACY);
        assertThat(config.evaluation().timeoutSeconds()).isEqualTo(30);
        assertThat(config.training().batches().examplesPerStep()).isEqualTo(16);
        assertThat(config.training().length().numTrainEpochs()).isEqualTo(3);
        assertThat(config.inference().maxNewTokens()).isEqualTo(512);
        assertThat(config.inference().decoding().temperature()).isEqualTo(0.1);
        assertThat(config.inference().runtime().engineUrl()).isEqualTo("http://localhost:11434");
        assertThat(config.inference().runtime().engineModel()).isEqualTo("sqlcoder-7b");
        assertThat(imported.mapped())
                .contains(
                        new Mapped("finetuning.method", "model.quantization", "nf4"),
                        new Mapped("finetuning.max_seq_length", "training.max_length", "2048"),
                        new Mapped("benchmark.database_path", "data.path", "./data/benchmarks/spider"));
        assertThat(imported.leftOut())
                .extracting(LeftOut::key)
                .containsExactly("benchmark.test_split", "evaluation.metrics: component_accuracy");
    }

    @Test
    void theFormWithLoraAndTrainingIsRead() {
        ImportedConfig imported = ConfigImport.of("config_spider.yaml", SECTIONS);
        RunConfig config = load(imported);
        assertThat(config.model().dtype()).isEqualTo(DType.FP16);
        assertThat(config.lora().targetModules().toString()).contains("q_proj", "v_proj");
        assertThat(config.data().dataset()).isEqualTo(Dataset.SPIDER_CSV);
        assertThat(config.data().path()).isEqualTo(Path.of("data/spider_text_sql.csv"));
        assertThat(config.training().batches().examplesPerStep()).isEqualTo(16);
        assertThat(config.inference().decoding().topP()).isEqualTo(0.95);
        assertThat(imported.yaml())
                .startsWith("model:\n")
                .contains("max_length: 256", "gradient_checkpointing: true\n")
                .doesNotContain("3000");
        assertThat(imported.leftOut())
                .extracting(LeftOut::key)
                .containsExactly(
                        "lora.bias", "lora.task_type", "training.eval_strategy", "training.seed", "frontend.port");
        assertThat(imported.leftOut())
                .contains(
                        new LeftOut("training.seed", "has no value"),
                        new LeftOut(
                                "frontend.port", "neither SqlTune nor the forms that are imported have such a key"));
    }

    /** What a run writes can be imported without a loss. */
    @Test
    void aConfigurationOfSqlTunesOwnStaysAsItIs() {
        RunConfig config = new RunConfigLoader(path -> true)
                .load(
                        "own",
                        "",
                        List.of(
                                "lora.rank_pattern.v_proj=16",
                                "data.train_file=rows.jsonl",
                                "data.columns.question=utterance",
                                "training.learning_rate=1e-3",
                                "evaluation.metrics=[bleu]"));
        ImportedConfig imported = ConfigImport.of("own", RunConfigWriter.toYaml(config));
        assertThat(load(imported)).isEqualTo(config);
        assertThat(imported.leftOut()).allMatch(each -> each.why().equals("has no value"));
    }

    @Test
    void everyFaultIsNamedWithItsLine() {
        assertThatThrownBy(() -> ConfigImport.of("c.yaml", """
                        finetuning:
                          learning_rate: -1
                          method: prefix
                        training:
                          learning_rate: 1e-4
                        evaluation:
                          metrics: [speed]
                        """))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("line 5: training.learning_rate is '1e-4': it contradicts"
                        + " finetuning.learning_rate, which is '-1' (line 2): both are training.learning_rate here")
                .hasMessageContaining("line 3: finetuning.method is 'prefix': write ")
                .hasMessageContaining("line 2: finetuning.learning_rate: training.learning_rate is '-1': ")
                .hasMessageContaining("line 7: evaluation.metrics: evaluation.metrics is ");
    }

    @Test
    void aDataSetWithoutAFolderIsSaid() {
        ImportedConfig imported = ConfigImport.of("c.yaml", "benchmark: {name: Spider}");
        assertThat(imported.yaml()).isEqualTo("data:\n  dataset: spider\n");
        assertThat(imported.leftOut()).extracting(LeftOut::key).containsExactly("data.path");
    }

    @Test
    void twoKeysThatSayTheSameDontContradict() {
        ImportedConfig imported =
                ConfigImport.of("c.yaml", "finetuning:\n  num_epochs: 3\ntraining:\n  num_train_epochs: 3.0\n");
        assertThat(load(imported).training().length().numTrainEpochs()).isEqualTo(3);
        assertThatThrownBy(() -> ConfigImport.of("c.yaml", "training: {fp16: true, bf16: true}"))
                .hasMessageContaining("both are model.dtype here");
    }

    @ParameterizedTest
    @CsvSource({
        "'model: [', 'not valid YAML'",
        "'just a text', 'the file must hold sections'",
        "'', 'it has no keys'",
        "'services: {web: {image: nginx}}', 'is no configuration that is known here: it has services; there have to be'"
    })
    void whatIsNoConfigurationIsRefused(String text, String message) throws IOException {
        Path file = Files.writeString(folder.resolve("c.yaml"), text);
        assertThatThrownBy(() -> ConfigImport.of(file))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(message);
    }

    @Test
    void aFileThatIsntThereIsNamed() {
        Path none = folder.resolve("none.yaml");
        assertThatThrownBy(() -> ConfigImport.of(none))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("doesn't exist: check its name");
    }

    /** Each target of the table is a key of SqlTune's with a value that it takes. */
    @Test
    void everyRuleLeadsToAKey() {
        ImportRules.read().forEach((key, rule) -> {
            for (String word : rule.values().keySet()) {
                String section = key.substring(0, key.indexOf('.'));
                String leaf = key.substring(key.indexOf('.') + 1);
                ConfigImport.of(key, section + ": {" + leaf + ": '" + word + "'}");
            }
            if (rule.use() != null) {
                assertThat(RunConfigWriter.toTree(RunConfig.defaults())
                                .at("/" + rule.use().replace('.', '/'))
                                .isMissingNode())
                        .as(key)
                        .isFalse();
            }
            assertThat(rule.use() != null
                            || rule.why() != null
                            || !rule.values().isEmpty())
                    .as(key)
                    .isTrue();
        });
    }
}

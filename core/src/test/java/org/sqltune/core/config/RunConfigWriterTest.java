package org.sqltune.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunConfigWriterTest {
    private final RunConfigLoader loader = new RunConfigLoader(path -> true);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "training: {lr_scheduler_type: constant, warmup_steps: 0, learning_rate: 1.0e-3, save_total_limit: null}",
                "training: {warmup_steps: 0.1, method: full, init: random, max_minutes: 0.5, seed: 123456789012}",
                "training: {report_to: none, logging_dir: logs/a}",
                "training: {report_to: [tensorboard, mlflow, wandb]}",
                "training: {lr_scheduler_type: cosine_with_min_lr, lr_scheduler_kwargs: {min_lr_rate: 0.1}}",
                "training: {metric_for_best_model: exact_match, early_stopping_patience: 3, neftune_noise_alpha: 5}",
                "data: {train_file: 'a b.jsonl', validation_file: ./c.jsonl, shuffle: false, schema_format: create_table}",
                "model: {name: 'null', dtype: bf16, quantization: nf4}\nlora: {target_modules: all-linear}",
                "lora: {use_dora: true, use_rslora: yes, init_lora_weights: gaussian, rank_pattern: {q_proj: 3}}",
                "lora:\n  rank_pattern: {'^model.layers.\\d+.mlp.(up|down)_proj': 3, '*x': 4, k_proj: 5}\n  alpha_pattern: {model.layers.0.self_attn.q_proj: 2.5}",
                "lora: {init_lora_weights: pissa_niter_4, use_rslora: on}\ntraining: {loraplus_lr_ratio: 16}",
                "data: {dataset: spider_csv, path: x.csv, max_train_samples: 5}\nevaluation: {metrics: loss, max_rows: 7}",
            })
    void whatIsWrittenReadsBackEqual(String yaml) {
        RunConfig config = loader.load("given", yaml, List.of());
        String written = RunConfigWriter.toYaml(config);
        assertThat(loader.load("written", written, List.of())).as(written).isEqualTo(config);
        assertThat(RunConfigWriter.toPublicYaml(config)).isEqualTo(written);
    }

    @Test
    void othersSeeNoPassword() {
        String url = "jdbc:postgresql://localhost/shop?user=me&password=secret";
        RunConfig config = loader.load("given", "data: {train_file: a.jsonl, database: '" + url + "'}", List.of());
        assertThat(loader.load("written", RunConfigWriter.toYaml(config), List.of()))
                .isEqualTo(config);
        assertThat(RunConfigWriter.toPublicYaml(config))
                .contains("  database: jdbc:postgresql://localhost/shop?user=me\n")
                .doesNotContain("secret");
        assertThat(RunConfigWriter.toTree(config).toString()).doesNotContain("secret");
    }

    @Test
    void keysAndValuesAreThoseOfTheFile() {
        assertThat(RunConfigWriter.toYaml(RunConfig.defaults()))
                .startsWith("model:\n  name: sqltune-nano\n  revision: main\n  dtype: auto\n")
                .contains("  lora_alpha: 16.0\n")
                .contains("  per_device_train_batch_size: 1\n")
                .contains("  adam_beta1: 0.9\n")
                .contains("  max_steps: null\n")
                .contains("  top_p: 1.0\n");
    }

    /** Texts that YAML would read as something else, or that end a plain one. */
    @Property(tries = 300)
    void anyTextReadsBackEqual(
            @ForAll
                    @Chars({
                        'a', '1', '.', 'e', '-', ' ', ':', '#', '\'', '"', '*', '&', '!', '%', '@', '`', '{', '}', '['
                    })
                    @Chars({']', ',', '?', '|', '>', '<', '=', '~', '\\', '/', '\t', '\n', 'é', '猫'})
                    @StringLength(min = 1, max = 8)
                    String text) {
        Assume.that(!text.isBlank() && text.strip().equals(text));
        assertReadsBackEqual(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "Null",
                "~",
                "true",
                "no",
                "on",
                "Off",
                "y",
                "1e3",
                "0x1f",
                "017",
                "1_000",
                ".inf",
                ".nan",
                "12:30:45",
                "2026-01-31",
                "---",
                "...",
                "-",
                "- a",
                "? a",
                "a: b",
                "a #b",
                "#",
                "*a",
                "&a",
                "!a",
                "%a",
                "@a",
                "`a`",
                "[a]",
                "{a}",
                "'",
                "\"",
                "a:",
                "=",
                "<<",
                "C:\\a\\b"
            })
    void aTextThatYamlTakesForSomethingElseReadsBackEqual(String text) {
        assertReadsBackEqual(text);
    }

    private void assertReadsBackEqual(String text) {
        RunConfig usual = loader.load("given", "data: {train_file: a}", List.of());
        RunConfig config = usual.withModel(usual.model().withName(text).withRevision(text))
                .withData(usual.data().withDatabase(text));
        String written = RunConfigWriter.toYaml(config);
        assertThat(loader.load("written", written, List.of())).as(written).isEqualTo(config);
    }

    @Property(tries = 200)
    void anyNumberReadsBackEqual(@ForAll long bits, @ForAll long seed) {
        double number = Math.abs(Double.longBitsToDouble(bits));
        Assume.that(number > 0 && Double.isFinite(number));
        long eighteenDigits = seed % 1_000_000_000_000_000_000L;
        RunConfig config = loader.load(
                "given", "", List.of("training.learning_rate=" + number, "training.seed=" + eighteenDigits));
        assertThat(config.training().optimizer().learningRate()).isEqualTo(number);
        assertThat(loader.load("written", RunConfigWriter.toYaml(config), List.of()))
                .isEqualTo(config);
    }
}

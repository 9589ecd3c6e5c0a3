package org.sqltune.training.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.RunConfigLoader;
import org.sqltune.training.TrainingResult;
import org.sqltune.training.TrainingResult.EndReason;

class ModelCardTest {
    @TempDir
    private Path folder;

    @Test
    void theHeadIsTheHubsMetadata() throws IOException {
        String[] parts = card("model.name=models/tiny: llama", false, 0.5).split("(?m)^---\n");
        assertThat(parts[0]).isEmpty();
        assertThat(new YAMLMapper().readValue(parts[1], Map.class))
                .isEqualTo(Map.of(
                        "base_model", "models/tiny: llama",
                        "library_name", "peft",
                        "pipeline_tag", "text-generation",
                        "tags", List.of("text-to-sql", "lora")));
    }

    @Test
    void theBodyTellsWhatWasTrainedOnWhatAndHowItIsUsed() {
        assertThat(card("model.name=sqltune-nano", false, 0.3376))
                .contains("| base model | `sqltune-nano` |\n")
                .contains("| data | `demo` |\n")
                .contains("| adapter | LoRA, r 16, alpha 32.0, dropout 0.05, on q_proj, v_proj |\n")
                .contains("| training | 750 steps, 24,000 examples; these are the weights of step 625 |\n")
                .contains("| loss | 0.1513 in training, at the end; 0.3376 on the validation set |\n")
                .contains("    sqltune infer --base-model \"sqltune-nano\" --adapter-path FOLDER --db FILE.sqlite"
                        + " --interactive\n")
                .contains("`sqltune.json` in it says how prompts are written");
    }

    @Test
    void theCardTellsTheKindAndTheHubsRevision() {
        assertThat(card("model.name=owner/base", false, null, "model.revision=v2", "lora.use_dora=true"))
                .contains("tags: [text-to-sql, lora, dora]\n", "A DoRA adapter", "| adapter | DoRA, r 16, ")
                .contains("--base-model \"owner/base\" ", " --interactive model.revision=v2\n")
                .contains("from_pretrained(\"owner/base\", revision=\"v2\"), \"FOLDER\")");
        assertThat(card("model.name=sqltune-nano", false, null, "lora.use_rslora=true", "lora.init_lora_weights=pissa"))
                .contains("A rank-stabilised LoRA adapter", "begun as PiSSA and converted to twice the rank")
                .doesNotContain("revision");
    }

    @Test
    void promptsOfTheUsersOwnAreNotClaimedToBeOurs() {
        assertThat(card("data.train_file=/home/ada/secret/rows.jsonl", true, null))
                .contains("| data | `rows.jsonl` |\n")
                .contains("| prompts | as in the data |\n")
                .doesNotContain("prompt_format", "validation", "secret");
    }

    @Test
    void itLiesBesideTheAdapter() {
        new ModelCard(config("model.name=sqltune-nano"), result(null), false).writeInto(folder);
        assertThat(folder.resolve("README.md")).content().startsWith("---\nbase_model: \"sqltune-nano\"\n");
        assertThat(Files.exists(folder.resolve(".README.md.partial"))).isFalse();
    }

    private static String card(
            String override, boolean ownPrompts, @Nullable Double evalLoss, String... moreOverrides) {
        List<String> overrides = new ArrayList<>(List.of(override));
        overrides.addAll(List.of(moreOverrides));
        return new ModelCard(config(overrides.toArray(String[]::new)), result(evalLoss), ownPrompts).text();
    }

    private static RunConfig config(String... overrides) {
        List<String> all = new ArrayList<>(List.of("lora.r=16", "lora.lora_alpha=32"));
        all.addAll(List.of(overrides));
        return new RunConfigLoader(path -> true).load("test", "", all);
    }

    private static TrainingResult result(@Nullable Double evalLoss) {
        return new TrainingResult(
                750,
                EndReason.ALL_STEPS,
                0,
                0.15129,
                evalLoss,
                evalLoss,
                625,
                24_000,
                60,
                1000,
                2000,
                Path.of("final_model"),
                Path.of("loss.png"));
    }
}

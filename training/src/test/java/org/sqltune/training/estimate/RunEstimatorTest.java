package org.sqltune.training.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.settings.BatchSettings.GradientCheckpointing;
import org.sqltune.core.example.PromptCompletion;
import org.sqltune.data.split.Splits;
import org.sqltune.model.ModelFolders;
import org.sqltune.model.ModelLoader;
import org.sqltune.model.hub.DownloadDisplay;
import org.sqltune.model.hub.ModelHub;
import org.sqltune.model.hub.client.HubSettings;
import org.sqltune.training.estimate.RunEstimate.TimeEstimate;

/** The models here have no weights: nothing may want to read them. */
class RunEstimatorTest {
    private static final int EXAMPLES = 40;

    @TempDir
    private Path folder;

    private Splits<PromptCompletion> data;

    @BeforeEach
    void makeData() {
        List<PromptCompletion> train = IntStream.range(0, EXAMPLES)
                .mapToObj(i -> new PromptCompletion(
                        "id" + i, "How many orders of more than " + i + " are there?", "SELECT " + i))
                .toList();
        data = new Splits<>(train, train.subList(0, 4), List.of(), List.of());
    }

    @Test
    void stepsTokensAndTimeFollowFromTheData() throws Exception {
        RunConfig config = run(model(2, 256), "training.num_train_epochs=3", "training.gradient_accumulation_steps=16");
        RunEstimate estimate = estimator(16_000).estimate(config, data);
        assertThat(estimate.steps()).isEqualTo(9);
        assertThat(estimate.tokens()).isGreaterThan(3L * EXAMPLES * 20);
        assertThat(estimate.computedTokens()).isLessThan(estimate.tokens());
        assertThat(estimate.sampled()).isFalse();
        assertThat(estimate.downloadBytes()).isEmpty();
        assertThat(estimate.fits()).isTrue();
        assertThat(estimate.proposal()).isNull();
        TimeEstimate time = Objects.requireNonNull(estimate.time());
        assertThat(time.secondsPerStep()).isPositive();
        assertThat(time.seconds()).isGreaterThan(9 * time.secondsPerStep());
        assertThat(estimate.memoryWithCheckpointing().peak())
                .isLessThanOrEqualTo(estimate.memoryWithoutCheckpointing().peak());
    }

    @Test
    void aRunThatDoesntFitIsRefusedWithWhatFits() throws Exception {
        RunConfig config = run(model(22, 2048), "model.dtype=bf16");
        assertThatThrownBy(() -> estimator(2000).requireFits(config, data))
                .isInstanceOf(ConfigException.class)
                .hasMessageMatching(
                        "training\\.check_memory: the run needs about \\d.* of memory but 2\\.. GB are available: it fits with"
                                + " model\\.quantization=int8; or train anyway with training\\.check_memory=false");
    }

    @Test
    void quantisationIsNotProposedWherePissaNeedsWholeWeights() throws Exception {
        RunConfig config = run(model(22, 2048), "model.dtype=bf16", "lora.init_lora_weights=pissa");
        assertThatThrownBy(() -> estimator(2000).requireFits(config, data))
                .hasMessageContaining("the run needs about")
                .hasMessageNotContaining("quantization");
    }

    @Test
    void theGentlestChangeIsProposed() throws Exception {
        RunConfig config = run(model(22, 1024), "model.dtype=bf16", "training.share_prefixes=false");
        RunEstimate estimate = estimator(64_000).estimate(config, data);
        long selective = estimate.memoryWithSelectiveCheckpointing().peak();
        assertThat(proposal(between(estimate.memory().peak(), selective), config))
                .isEqualTo("training.gradient_checkpointing=selective");
        assertThat(proposal(
                        between(selective, estimate.memoryWithCheckpointing().peak()), config))
                .isEqualTo("training.gradient_checkpointing=full");
    }

    /** With what a run fits that is refused; this measures no time, as an estimate does. */
    private String proposal(int mebibytes, RunConfig config) {
        String message = catchThrowable(() -> estimator(mebibytes).requireFits(config, data))
                .getMessage();
        Matcher matcher = Pattern.compile("it fits with (.+); or train anyway").matcher(message);
        assertThat(matcher.find()).as(message).isTrue();
        return matcher.group(1);
    }

    private static int between(long more, long less) {
        return (int) ((more + less) / 2 / (1 << 20));
    }

    @Test
    void autoRecomputesAsLittleAsFits() throws Exception {
        RunConfig config = run(
                model(22, 1024),
                "model.dtype=bf16",
                "training.share_prefixes=false",
                "training.gradient_checkpointing=auto");
        RunEstimate estimate = estimator(64_000).estimate(config, data);
        long none = estimate.memoryWithoutCheckpointing().peak();
        long selective = estimate.memoryWithSelectiveCheckpointing().peak();
        long full = estimate.memoryWithCheckpointing().peak();
        assertThat(estimate.memory().peak()).isEqualTo(none);
        assertSettled(config, (int) (none / (1 << 20)) + 1, "none");
        assertSettled(config, between(none, selective), "selective");
        assertSettled(config, between(selective, full), "full");
        assertSettled(config, (int) (full / 2 / (1 << 20)), "full");
    }

    private void assertSettled(RunConfig config, int megabytes, String expected) throws Exception {
        RunEstimator.Settled settled = estimator(megabytes).settle(config, data);
        assertThat(settled.config().training().batches().gradientCheckpointing())
                .isEqualTo(GradientCheckpointing.valueOf(expected.toUpperCase(Locale.ROOT)));
        assertThat(settled.note())
                .startsWith("training.gradient_checkpointing auto: " + expected + ", which needs about ")
                .endsWith(" available");
    }

    @Test
    void whatTheUserChoseIsSettled() throws Exception {
        RunConfig config = run(model(2, 256), "training.gradient_checkpointing=selective");
        assertThat(estimator(1).settle(config, data)).isEqualTo(new RunEstimator.Settled(config, null));
    }

    @Test
    void proposedSettingsFit() throws Exception {
        Path model = model(22, 2048);
        List<String> settings = List.of("model.dtype=bf16", "training.per_device_train_batch_size=8");
        String proposal = proposal(1600, run(model, settings.toArray(String[]::new)));
        List<String> changed = new ArrayList<>(settings);
        changed.addAll(List.of(proposal.split(" ")));
        assertThatCode(() -> estimator(1600).requireFits(run(model, changed.toArray(String[]::new)), data))
                .doesNotThrowAnyException();
    }

    @Test
    void whatNothingHelpsIsSaid() throws Exception {
        RunConfig config = run(model(22, 2048));
        assertThatThrownBy(() -> estimator(200).requireFits(config, data))
                .hasMessageContaining("no setting makes it fit, choose a smaller model");
    }

    @Test
    void theCheckCanBeSwitchedOff() throws Exception {
        RunConfig config = run(model(22, 2048), "training.check_memory=false");
        assertThatCode(() -> estimator(200).requireFits(config, data)).doesNotThrowAnyException();
    }

    /** On a machine with so many free MiB. */
    private RunEstimator estimator(int mebibytes) throws IOException {
        Path machine = Files.createDirectories(folder.resolve("machine" + mebibytes));
        Files.createDirectories(machine.resolve("proc"));
        Files.writeString(machine.resolve("proc/meminfo"), "MemAvailable: " + mebibytes * 1024L + " kB\n");
        ModelHub offline =
                ModelHub.over(() -> HubSettings.of(Map.of("HF_HUB_OFFLINE", "1"), folder), DownloadDisplay.NONE);
        return new RunEstimator(
                new ModelLoader(new ModelFolders(folder.resolve("cache"), offline)), new MachineMemory(machine));
    }

    private static RunConfig run(Path model, String... overrides) {
        List<String> all = new ArrayList<>(List.of("model.name=" + model));
        all.addAll(List.of(overrides));
        return EstimateFixture.run(all.toArray(String[]::new));
    }

    private Path model(int layers, int hidden) throws IOException, URISyntaxException {
        Path model = new EstimateFixture(folder).writeLlama(layers, hidden, 32_000);
        Path tokenizer = Path.of(Objects.requireNonNull(getClass().getResource("/parity/tiny_tokenizer"))
                .toURI());
        for (String name : List.of("tokenizer.json", "tokenizer_config.json")) {
            Files.copy(tokenizer.resolve(name), model.resolve(name));
        }
        return model;
    }
}

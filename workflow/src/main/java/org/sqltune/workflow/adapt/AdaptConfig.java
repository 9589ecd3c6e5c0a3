package org.sqltune.workflow.adapt;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.RunConfigLoader;
import org.sqltune.core.config.RunConfigWriter;
import org.sqltune.core.config.settings.DataSettings.SchemaFormat;
import org.sqltune.core.config.settings.ModelSettings;
import org.sqltune.core.io.AtomicFiles;
import org.sqltune.core.schema.SchemaContent;
import org.sqltune.core.text.Secrets;
import org.sqltune.data.prompt.SchemaSerializer;
import org.sqltune.data.prompt.TokenEstimate;
import org.sqltune.training.estimate.RunEstimate;
import org.sqltune.workflow.ConfigSource;
import org.sqltune.workflow.NamedDatabase;
import org.sqltune.workflow.RunRequest;

/**
 * The training configuration of an adaptation: the demo's, whose settings suit the bundled model, with other batches and a
 * lower learning rate for other models.
 *
 * @param request the adaptation
 * @param folder its folder
 * @param database the database
 */
record AdaptConfig(AdaptRequest request, AdaptFolder folder, NamedDatabase database) {
    /** The share of the time limit that the planned steps take; the rest is for what the estimate doesn't know. */
    private static final double PLANNED = 0.85;

    private static final int SECONDS_A_MINUTE = 60;
    private static final int FEWEST_STEPS = 10;

    /** Longer schemas are shortened by question, so that the prompt fits into {@code training.max_length}. */
    private static final int SCHEMA_TOKENS = 640;

    /** Writes the configuration of the run, before its number of steps is known. */
    void write(AdaptData data, RunConfigLoader loader) {
        List<String> keys = new ArrayList<>(List.of(
                "model.name=" + request.model(),
                "data.dataset=files",
                "data.train_file=" + folder.train(),
                "data.database=" + database.location(),
                "training.output_dir=" + folder.run(),
                "training.max_minutes=" + request.minutes(),
                "training.eval_steps=0",
                "training.save_steps=50",
                // The last weights: the best on the held-out part would make its score too good.
                "training.load_best_model_at_end=false"));
        if (!data.validation().isEmpty()) {
            keys.add("data.validation_file=" + folder.validation());
        }
        if (!data.test().isEmpty()) {
            keys.add("data.test_file=" + folder.test());
        }
        if (!request.model().equals(ModelSettings.BUNDLED)) {
            keys.addAll(List.of(
                    "training.learning_rate=2e-4",
                    "training.per_device_train_batch_size=1",
                    "training.gradient_accumulation_steps=16"));
        }
        if (longestSchema(data) > SCHEMA_TOKENS) {
            keys.add("data.schema_max_tokens=" + SCHEMA_TOKENS);
        }
        keys.addAll(request.overrides());
        write(RunRequest.of(null, keys).load(loader, ConfigSource.demo()));
    }

    /** Returns whether the run would take longer than its time, by all estimates so far; true without one. */
    boolean isTooLong(List<RunEstimate> estimates) {
        return estimates.stream().allMatch(each -> affordable(each) < each.steps());
    }

    /** Writes the configuration again with as many passes as the time allows; nothing if it allows them all. */
    void limit(List<RunEstimate> estimates, RunConfigLoader loader) {
        RunConfig all = written().load(loader);
        if (!isTooLong(estimates) || all.training().length().maxSteps() != null) {
            return;
        }
        double share = estimates.stream()
                .mapToDouble(each -> affordable(each) / each.steps())
                .max()
                .orElse(1);
        // Passes rather than steps: the learning rate is to have fallen when the time is over.
        double passes = all.training().length().numTrainEpochs() * share;
        String key = String.format(Locale.ROOT, "training.num_train_epochs=%.3f", passes);
        write(written().withWeaker(List.of(key)).load(loader));
    }

    /** Returns the number of steps that the time allows; all if nothing is known about their time. */
    private double affordable(RunEstimate estimate) {
        RunEstimate.@Nullable TimeEstimate time = estimate.time();
        double seconds = PLANNED * SECONDS_A_MINUTE * request.minutes();
        return time == null ? estimate.steps() : Math.max(FEWEST_STEPS, seconds / time.secondsPerStep());
    }

    /** Writes a configuration, without a password. */
    private void write(RunConfig config) {
        AtomicFiles.writeString(
                folder.config(),
                "# Tunes " + Secrets.withoutSecrets(request.model()) + " to " + database
                        + ". Written by sqltune adapt.\n#\n"
                        + "#   sqltune train --config " + folder.config() + "\n\n"
                        + RunConfigWriter.toPublicYaml(config));
    }

    /** Returns the request of the run that the written configuration describes, with the database's password. */
    RunRequest written() {
        return RunRequest.of(folder.config(), List.of("data.database=" + database.location()));
    }

    private static int longestSchema(AdaptData data) {
        SchemaSerializer serializer = new SchemaSerializer(SchemaFormat.TABLE);
        return data.train().stream()
                .map(example -> (SchemaContent) example.schema())
                .distinct()
                .mapToInt(schema -> TokenEstimate.of(serializer.serialize(schema)))
                .max()
                .orElse(0);
    }
}

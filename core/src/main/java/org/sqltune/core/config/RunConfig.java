package org.sqltune.core.config;

import org.sqltune.core.config.settings.BatchSettings;
import org.sqltune.core.config.settings.DataSettings;
import org.sqltune.core.config.settings.EvaluationSettings;
import org.sqltune.core.config.settings.InferenceSettings;
import org.sqltune.core.config.settings.LoraSettings;
import org.sqltune.core.config.settings.ModelSettings;
import org.sqltune.core.config.settings.TrainingSettings;

/**
 * Everything one run needs, as read from a YAML file whose sections carry these names. Keys are snake_case in YAML and
 * camelCase here; names and meaning follow Hugging Face's Trainer, PEFT and TRL where they have one.
 *
 * @param model which model, in which arithmetic, on which device
 * @param lora the adapter to train
 * @param data what to train and evaluate on, and how it becomes prompts
 * @param training how to train
 * @param evaluation how to score
 * @param inference how to decode
 */
public record RunConfig(
        ModelSettings model,
        LoraSettings lora,
        DataSettings data,
        TrainingSettings training,
        EvaluationSettings evaluation,
        InferenceSettings inference) {

    /** The same with another section {@code data}. */
    public RunConfig withData(DataSettings other) {
        return new RunConfig(model, lora, other, training, evaluation, inference);
    }

    /** What a run without any configuration does. */
    public static RunConfig defaults() {
        return new RunConfig(
                ModelSettings.defaults(),
                LoraSettings.defaults(),
                DataSettings.defaults(),
                TrainingSettings.defaults(),
                EvaluationSettings.defaults(),
                InferenceSettings.defaults());
    }

    /** The same with another {@code training.gradient_checkpointing}. */
    public RunConfig withGradientCheckpointing(BatchSettings.GradientCheckpointing mode) {
        return withTraining(training.withBatches(training.batches().withGradientCheckpointing(mode)));
    }

    /** The same with another section {@code model}. */
    public RunConfig withModel(ModelSettings model) {
        return new RunConfig(model, lora, data, training, evaluation, inference);
    }

    /** The same with another section {@code training}. */
    public RunConfig withTraining(TrainingSettings training) {
        return new RunConfig(model, lora, data, training, evaluation, inference);
    }
}

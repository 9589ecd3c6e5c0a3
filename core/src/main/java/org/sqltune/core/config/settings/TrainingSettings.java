package org.sqltune.core.config.settings;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Section {@code training}, in the words of Hugging Face's Trainer. In YAML all its keys stand side by side; here they
 * are grouped. A "step" is one optimizer step.
 *
 * @param method train an adapter or all weights
 * @param init start from the model's weights or from random ones
 * @param initAdapter PEFT adapter folder to start from; null for a fresh adapter
 * @param outputDir run folder: metrics.jsonl, checkpoint-N/, final_model/
 * @param length how long the run is
 * @param batches which examples are computed together, and how
 * @param datasetCache whether tokenised data is kept for the next run
 * @param optimizer how gradients change the weights
 * @param schedule how the learning rate runs
 * @param regularization noise and smoothing against learning by heart
 * @param intervals how often the run logs, evaluates and saves
 * @param selection which weights become the result
 * @param reporting who else is told of the metrics
 * @param guards what is done about steps that would spoil the weights
 * @param fullDeterminism whether a resumed run computes on as many threads as it began with, whatever the machine has now:
 *     sums depend on how they are divided among threads, in their last digits. With an equal number of threads the CPU
 *     gives equal bits without this
 * @param seed seed of everything random
 */
public record TrainingSettings(
        Method method,
        Init init,
        @Nullable Path initAdapter,
        Path outputDir,
        @JsonUnwrapped RunLength length,
        @JsonUnwrapped BatchSettings batches,
        @JsonUnwrapped DatasetCacheSettings datasetCache,
        @JsonUnwrapped OptimizerSettings optimizer,
        @JsonUnwrapped ScheduleSettings schedule,
        @JsonUnwrapped RegularizationSettings regularization,
        @JsonUnwrapped IntervalSettings intervals,
        @JsonUnwrapped SelectionSettings selection,
        @JsonUnwrapped ReportingSettings reporting,
        @JsonUnwrapped GuardSettings guards,
        boolean fullDeterminism,
        long seed) {

    /** LoRA, three epochs of 1 × 16 examples at 2e-4, cosine, 3 % warm-up. */
    public static TrainingSettings defaults() {
        return new TrainingSettings(
                Method.LORA,
                Init.PRETRAINED,
                null,
                Path.of("outputs", "run"),
                RunLength.defaults(),
                BatchSettings.defaults(),
                DatasetCacheSettings.defaults(),
                OptimizerSettings.defaults(),
                ScheduleSettings.defaults(),
                RegularizationSettings.defaults(),
                IntervalSettings.defaults(),
                SelectionSettings.defaults(),
                ReportingSettings.defaults(),
                GuardSettings.defaults(),
                false,
                42);
    }

    /** What is trained. */
    public enum Method {
        /** Low-rank updates; the base stays frozen. */
        LORA,
        /** Every weight. */
        FULL
    }

    /** Where the weights come from. */
    public enum Init {
        /** The model folder's safetensors. */
        PRETRAINED,
        /** Random, as transformers initialises a new Llama; only config.json and the tokenizer are read. */
        RANDOM,
        /**
         * Random, with attention that begins by looking for like tokens and passing them on (mimetic initialisation,
         * arXiv:2305.09828): small models learn to copy sooner.
         */
        MIMETIC
    }

    /** The same with other batches. */
    public TrainingSettings withBatches(BatchSettings batches) {
        return new TrainingSettings(
                method,
                init,
                initAdapter,
                outputDir,
                length,
                batches,
                datasetCache,
                optimizer,
                schedule,
                regularization,
                intervals,
                selection,
                reporting,
                guards,
                fullDeterminism,
                seed);
    }
}

package org.sqltune.core.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Section {@code training}, in the words of Hugging Face's Trainer. A "step" is one optimizer step: {@code
 * per_device_train_batch_size × gradient_accumulation_steps} examples.
 *
 * @param method train an adapter or all weights
 * @param init start from the model's weights or from random ones
 * @param initAdapter PEFT adapter folder to start from; null for a fresh adapter
 * @param outputDir run folder: metrics.jsonl, checkpoint-N/, final_model/
 * @param numTrainEpochs passes over the training set, used when {@code max_steps} is null
 * @param maxSteps optimizer steps in all; null for {@code num_train_epochs}
 * @param perDeviceTrainBatchSize examples in one forward and backward pass
 * @param perDeviceEvalBatchSize the same while evaluating
 * @param gradientAccumulationSteps passes in one optimizer step
 * @param optim which optimizer changes the weights
 * @param learningRate peak learning rate
 * @param muonLearningRate Muon's own peak learning rate, for the matrices inside the layers; it runs as learning_rate does
 * @param lrSchedulerType how the learning rate runs
 * @param warmupSteps optimizer steps from 0 to the peak; below 1 a share of all steps
 * @param warmupRatio the same as a share of all steps; used when {@code warmup_steps} is 0
 * @param weightDecay AdamW's decoupled weight decay; not applied to biases and norms
 * @param adamBeta1 decay of the first moment
 * @param adamBeta2 decay of the second moment
 * @param adamEpsilon added to the denominator
 * @param maxGradNorm global norm to which gradients are clipped; 0 for no clipping
 * @param maxLength tokens an example may have, prompt and completion together; longer ones lose their end
 * @param sharePrefixes whether examples of one pass that begin with the same tokens compute them once
 * @param gradientCheckpointing whether activations are recomputed in the backward pass to save memory
 * @param loggingSteps steps between two lines of metrics.jsonl; the last step has one in any case
 * @param evalSteps steps between two evaluations of the validation loss; there is one at the end in any case, 0 for no other
 * @param saveSteps steps between two checkpoints; there is one at the end in any case, 0 for no other
 * @param saveTotalLimit checkpoints kept beside the best; null for all
 * @param loadBestModelAtEnd whether final_model is the checkpoint with the lowest validation loss
 * @param maxMinutes stop, with a checkpoint, after this many minutes; null for no limit. The learning rate runs as if for
 *     all steps, so it is still high where the limit cuts in, and a resumed run goes on with it; the minutes count anew
 * @param seed seed of everything random
 */
public record TrainingSettings(
        Method method,
        Init init,
        @Nullable Path initAdapter,
        Path outputDir,
        double numTrainEpochs,
        @Nullable Integer maxSteps,
        int perDeviceTrainBatchSize,
        int perDeviceEvalBatchSize,
        int gradientAccumulationSteps,
        Optim optim,
        double learningRate,
        double muonLearningRate,
        LrSchedulerType lrSchedulerType,
        double warmupSteps,
        double warmupRatio,
        double weightDecay,
        double adamBeta1,
        double adamBeta2,
        double adamEpsilon,
        double maxGradNorm,
        int maxLength,
        boolean sharePrefixes,
        boolean gradientCheckpointing,
        int loggingSteps,
        int evalSteps,
        int saveSteps,
        @Nullable Integer saveTotalLimit,
        boolean loadBestModelAtEnd,
        @Nullable Double maxMinutes,
        long seed) {

    /** LoRA, three epochs of 1 × 16 examples at 2e-4, cosine, 3 % warm-up. */
    public static TrainingSettings defaults() {
        return new TrainingSettings(
                Method.LORA,
                Init.PRETRAINED,
                null,
                Path.of("outputs", "run"),
                3,
                null,
                1,
                8,
                16,
                Optim.ADAMW,
                2e-4,
                0.02,
                LrSchedulerType.COSINE,
                0,
                0.03,
                0,
                0.9,
                0.999,
                1e-8,
                1.0,
                1024,
                true,
                false,
                25,
                250,
                250,
                3,
                true,
                null,
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

    /** Optimizers. */
    public enum Optim {
        /** Adam with decoupled weight decay (arXiv:1711.05101). */
        ADAMW,
        /** Muon (Jordan et al. 2024) for the matrices inside the layers, AdamW for all else; for method full. */
        MUON
    }

    /** Learning-rate schedules. */
    public enum LrSchedulerType {
        /** Always the peak; no warm-up. */
        CONSTANT,
        /** Warm-up, then the peak. */
        CONSTANT_WITH_WARMUP,
        /** Warm-up, then straight to zero. */
        LINEAR,
        /** Warm-up, then half a cosine to zero. */
        COSINE
    }
}

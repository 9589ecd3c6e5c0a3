/**
 * Fine-tuning and training from scratch: examples to token batches, batches to loss and gradients, gradients to
 * optimizer steps, steps to checkpoints and metrics. {@link org.sqltune.training.loop.Trainer} runs the training loop;
 * {@link org.sqltune.training.loop.TrainingPipeline} scores the model, trains it and scores it again.
 */
@NullMarked
package org.sqltune.training;

import org.jspecify.annotations.NullMarked;

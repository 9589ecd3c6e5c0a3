/**
 * Fine-tuning and training from scratch: examples to token batches, batches to loss and gradients, gradients to optimizer
 * steps, steps to checkpoints and metrics. {@link org.sqltune.training.loop.Trainer} is the loop; {@link
 * org.sqltune.training.loop.TrainingPipeline} runs it, scored before and after.
 */
@NullMarked
package org.sqltune.training;

import org.jspecify.annotations.NullMarked;

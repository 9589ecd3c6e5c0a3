/** Writes and reads a run's files: trained weights, optimizer and trainer state, metrics. */
@NullMarked
package org.sqltune.training.checkpoint;

import org.jspecify.annotations.NullMarked;

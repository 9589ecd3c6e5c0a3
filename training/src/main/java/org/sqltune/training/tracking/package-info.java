/**
 * Tells other programs of a run: TensorBoard by its event files, MLflow by its REST API, Weights &amp; Biases by its own
 * program. {@link org.sqltune.training.tracking.TrackingListener} is told of the run and tells the {@link
 * org.sqltune.training.tracking.RunTracker}s of the configuration; one that fails costs a warning, never the run.
 */
@NullMarked
package org.sqltune.training.tracking;

import org.jspecify.annotations.NullMarked;

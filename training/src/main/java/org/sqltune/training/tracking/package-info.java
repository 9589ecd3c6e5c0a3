/**
 * Reports runs to external trackers: TensorBoard by event files, MLflow by its REST API, Weights &amp; Biases by its
 * own program. {@link org.sqltune.training.tracking.TrackingListener} forwards a run's events to the configured {@link
 * org.sqltune.training.tracking.RunTracker}s. A tracker that fails causes a warning and never ends the run.
 */
@NullMarked
package org.sqltune.training.tracking;

import org.jspecify.annotations.NullMarked;

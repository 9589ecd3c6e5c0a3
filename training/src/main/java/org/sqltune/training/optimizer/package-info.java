/** Optimizers and the schedules of their learning rates. */
@NullMarked
package org.sqltune.training.optimizer;

import org.jspecify.annotations.NullMarked;

/** Optimizers and learning rate schedules. */
@NullMarked
package org.sqltune.training.optimizer;

import org.jspecify.annotations.NullMarked;

/** Optimizers and learning rates. */
@NullMarked
package org.sqltune.training.optimizer;

import org.jspecify.annotations.NullMarked;

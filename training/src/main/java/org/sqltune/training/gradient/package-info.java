/** Computes loss and gradients of a batch, layer by layer. */
@NullMarked
package org.sqltune.training.gradient;

import org.jspecify.annotations.NullMarked;

/** Runs training: single steps, the loop with evaluation and checkpoints, and the whole run with its scores. */
@NullMarked
package org.sqltune.training.loop;

import org.jspecify.annotations.NullMarked;

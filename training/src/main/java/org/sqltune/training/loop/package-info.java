/** The loop from step to step, evaluation on the way, and the whole run. */
@NullMarked
package org.sqltune.training.loop;

import org.jspecify.annotations.NullMarked;

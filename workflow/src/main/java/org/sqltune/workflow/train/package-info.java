/** Training runs, from the configuration to the scores of what was trained, and what a run will take. */
@NullMarked
package org.sqltune.workflow.train;

import org.jspecify.annotations.NullMarked;

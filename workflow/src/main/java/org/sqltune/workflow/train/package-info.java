/** Training runs, from the configuration to the scores of the trained model, and their estimates. */
@NullMarked
package org.sqltune.workflow.train;

import org.jspecify.annotations.NullMarked;

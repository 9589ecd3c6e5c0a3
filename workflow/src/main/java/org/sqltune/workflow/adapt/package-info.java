/** From a database to a model tuned to it: questions are synthesised, split, trained on, and scored before and after. */
@NullMarked
package org.sqltune.workflow.adapt;

import org.jspecify.annotations.NullMarked;

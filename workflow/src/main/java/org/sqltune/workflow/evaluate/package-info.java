/** Scoring: models, files of answers, files of predictions by a benchmark's own scripts, and two reports compared. */
@NullMarked
package org.sqltune.workflow.evaluate;

import org.jspecify.annotations.NullMarked;

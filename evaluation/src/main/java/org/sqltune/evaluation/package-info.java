/**
 * Scores a predictor over a set of examples: accuracy by query category and by database, and the errors of wrong
 * answers.
 */
@NullMarked
package org.sqltune.evaluation;

import org.jspecify.annotations.NullMarked;

/**
 * Scores of a predictor over a set of examples: which questions it answers rightly, by kind of query and by database, and
 * what goes wrong with the others.
 */
@NullMarked
package org.sqltune.evaluation;

import org.jspecify.annotations.NullMarked;

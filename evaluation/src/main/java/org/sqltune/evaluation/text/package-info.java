/**
 * Scores of texts, for comparison with papers that print them. They say little about SQL: a query may be right and have a
 * low score, or wrong in one word and have a high one.
 */
@NullMarked
package org.sqltune.evaluation.text;

import org.jspecify.annotations.NullMarked;

/**
 * Text similarity scores, for comparison with papers that report them. They say little about SQL: a right query may
 * score low, and a query with one wrong word high.
 */
@NullMarked
package org.sqltune.evaluation.text;

import org.jspecify.annotations.NullMarked;

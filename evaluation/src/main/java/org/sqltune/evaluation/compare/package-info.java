/**
 * Compares two evaluations of the same questions: which answers were fixed, which were broken, and whether chance
 * explains the difference.
 */
@NullMarked
package org.sqltune.evaluation.compare;

import org.jspecify.annotations.NullMarked;

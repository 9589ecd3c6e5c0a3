/** Decides whether one predicted query is right, by its result or by its text. */
@NullMarked
package org.sqltune.evaluation.metric;

import org.jspecify.annotations.NullMarked;

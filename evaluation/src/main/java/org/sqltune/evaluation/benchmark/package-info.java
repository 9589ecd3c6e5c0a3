/** Which official scorers belong to a data set, and files of predictions in each benchmark's own form. */
@NullMarked
package org.sqltune.evaluation.benchmark;

import org.jspecify.annotations.NullMarked;

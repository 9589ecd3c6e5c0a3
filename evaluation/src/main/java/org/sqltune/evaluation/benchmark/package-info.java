/** Chooses the official scorers of a data set and reads prediction files in each benchmark's own form. */
@NullMarked
package org.sqltune.evaluation.benchmark;

import org.jspecify.annotations.NullMarked;

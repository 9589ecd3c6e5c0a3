/**
 * Finds faults of a data set before training: gold queries that fail, name missing columns or return nothing,
 * repeated questions, and held-out questions among training questions.
 */
@NullMarked
package org.sqltune.data.audit;

import org.jspecify.annotations.NullMarked;

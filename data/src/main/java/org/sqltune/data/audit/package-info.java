/**
 * What is wrong with a data set before anybody trains on it: gold queries that fail, name columns that don't exist or find
 * nothing, questions asked twice, and held-out questions that are trained on.
 */
@NullMarked
package org.sqltune.data.audit;

import org.jspecify.annotations.NullMarked;

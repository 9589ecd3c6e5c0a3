/**
 * What kind of query a query is, for accuracy by kind.
 */
@NullMarked
package org.sqltune.evaluation.category;

import org.jspecify.annotations.NullMarked;

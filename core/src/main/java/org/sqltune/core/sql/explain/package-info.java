/**
 * What a query does, in plain English, from its syntax tree. {@link org.sqltune.core.sql.explain.QueryExplanation} is the
 * entry. Nothing is guessed: names are those of the query, and what there are no words for stands there as SQL.
 */
@NullMarked
package org.sqltune.core.sql.explain;

import org.jspecify.annotations.NullMarked;

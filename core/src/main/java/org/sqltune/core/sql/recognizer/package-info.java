/**
 * Follows a query byte by byte while it is written, and knows at every place what may come next so that SQLite will prepare
 * the whole: grammar, names, and the rules of their scopes. {@link org.sqltune.core.sql.recognizer.QueryRecognizer} is a place in
 * a text; it never changes, so that many continuations can be tried from it.
 *
 * <p>Three layers: bytes become {@code Terminal}s; {@code Parse} is a place between terminals, a stack of {@code Frame}s; a
 * {@code Scope} holds what the query names. A select list comes before its FROM, so its names are obligations that FROM has
 * to keep: {@code SourcePlan} says whether it still can.
 *
 * <p>SQLite merges queries in FROM into the query around them and joins at most 64 tables, so a FROM has room for so many tables, and gives
 * a part of it to the queries inside. What would only fail while it runs, such as {@code ntile(0)}, isn't taken either.
 *
 * <p>Without a schema ({@link org.sqltune.core.sql.recognizer.QueryRecognizer.Database#ofAnyNames}) only the grammar holds: any name may
 * stand for a table or a column.
 *
 * <p>It takes less than {@code org.sqltune.core.sql.syntax} reads, and all that it takes is read there, too: one SELECT with
 * WITH, joins with ON, queries in FROM and in expressions, set operations, CASE, CAST, functions, FILTER, windows with frames. Not
 * taken: comments, parameters, blobs, VALUES, NATURAL and USING, rows in parentheses, named windows, EXCLUDE, names of rows.
 */
@NullMarked
package org.sqltune.core.sql.recognizer;

import org.jspecify.annotations.NullMarked;

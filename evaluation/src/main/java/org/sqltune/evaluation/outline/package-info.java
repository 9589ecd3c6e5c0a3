/**
 * What a query consists of, clause by clause, written in one way, and how two queries differ. Works on tokens, so that it
 * says something of broken SQL and of any dialect too.
 */
@NullMarked
package org.sqltune.evaluation.outline;

import org.jspecify.annotations.NullMarked;

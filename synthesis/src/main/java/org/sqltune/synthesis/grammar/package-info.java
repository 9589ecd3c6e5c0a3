/**
 * The SQL side of synthesis: templates that draw a query over a profiled table, with the query's meaning as terms. Knows no English.
 */
@NullMarked
package org.sqltune.synthesis.grammar;

import org.jspecify.annotations.NullMarked;

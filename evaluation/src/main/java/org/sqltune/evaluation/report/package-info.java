/** An evaluation's report with all its rows, written as JSON, JSON Lines, tables and an HTML page. */
@NullMarked
package org.sqltune.evaluation.report;

import org.jspecify.annotations.NullMarked;

/**
 * What an evaluation tells the world: one record of a report with all its rows, as JSON, as JSON Lines, as tables and as a
 * page.
 */
@NullMarked
package org.sqltune.evaluation.report;

import org.jspecify.annotations.NullMarked;

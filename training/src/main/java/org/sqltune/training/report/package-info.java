/**
 * What a run leaves for its reader: {@code run.json}, a summary with stable names, and {@code run.html}, a page that needs
 * nothing beside itself. {@link org.sqltune.training.report.RunReport} is told of the run and writes both.
 */
@NullMarked
package org.sqltune.training.report;

import org.jspecify.annotations.NullMarked;

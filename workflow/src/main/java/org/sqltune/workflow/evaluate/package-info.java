/**
 * Scores models, files of answers, and files of predictions by benchmarks' official definitions; compares two
 * reports.
 */
@NullMarked
package org.sqltune.workflow.evaluate;

import org.jspecify.annotations.NullMarked;

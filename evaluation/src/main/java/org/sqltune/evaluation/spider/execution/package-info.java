/**
 * Spider's two execution accuracies. The original one compares result columns by what was selected ({@code
 * eval_exec_match} in {@code evaluation.py} of <a href="https://github.com/taoyds/spider">taoyds/spider</a>); the
 * test suite's compares bags of rows under a permutation of columns, on every database of a folder ({@code
 * exec_eval.py} of <a href="https://github.com/taoyds/test-suite-sql-eval">taoyds/test-suite-sql-eval</a>). Queries
 * run through {@link org.sqltune.core.sql.SqlExecutor}, read-only and within limits.
 */
@NullMarked
package org.sqltune.evaluation.spider.execution;

import org.jspecify.annotations.NullMarked;

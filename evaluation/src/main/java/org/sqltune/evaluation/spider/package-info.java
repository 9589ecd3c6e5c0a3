/**
 * Spider's official evaluation of predictions, equal row by row to what the two official scripts say: exact set match
 * with its ten components, hardness, and execution accuracy by the original's and by the test suite's definition.
 */
@NullMarked
package org.sqltune.evaluation.spider;

import org.jspecify.annotations.NullMarked;

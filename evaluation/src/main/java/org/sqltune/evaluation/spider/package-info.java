/**
 * Spider's official evaluation: exact set match with its ten components, hardness, and execution accuracy by the
 * original and the test suite's definition. Results equal those of the two official scripts row by row.
 */
@NullMarked
package org.sqltune.evaluation.spider;

import org.jspecify.annotations.NullMarked;

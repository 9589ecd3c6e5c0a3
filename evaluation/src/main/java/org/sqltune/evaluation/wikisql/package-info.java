/** WikiSQL's two scores, as its official script computes them: logical form and execution. */
@NullMarked
package org.sqltune.evaluation.wikisql;

import org.jspecify.annotations.NullMarked;

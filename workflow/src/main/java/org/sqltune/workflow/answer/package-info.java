/** Answers questions with trained models: a single question, a file, an interactive session, or the demo's examples. */
@NullMarked
package org.sqltune.workflow.answer;

import org.jspecify.annotations.NullMarked;

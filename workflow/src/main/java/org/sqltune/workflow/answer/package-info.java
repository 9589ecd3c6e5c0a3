/** Asking trained models: one question, a file of them, a session on a terminal, the demo's examples. */
@NullMarked
package org.sqltune.workflow.answer;

import org.jspecify.annotations.NullMarked;

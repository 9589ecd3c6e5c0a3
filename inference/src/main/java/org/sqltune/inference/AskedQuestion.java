package org.sqltune.inference;

import org.jspecify.annotations.Nullable;
import org.sqltune.core.example.SqlQuestion;

/**
 * A row of a question file.
 *
 * @param question what is asked
 * @param adapter which adapter shall answer; null for whichever is in use
 */
record AskedQuestion(SqlQuestion question, @Nullable String adapter) {}

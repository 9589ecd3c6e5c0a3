/** Extracts the SQL from a model's output. */
@NullMarked
package org.sqltune.data.prompt.answer;

import org.jspecify.annotations.NullMarked;

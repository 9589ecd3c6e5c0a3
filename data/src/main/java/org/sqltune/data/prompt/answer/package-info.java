/** Finds the SQL in what a model wrote. */
@NullMarked
package org.sqltune.data.prompt.answer;

import org.jspecify.annotations.NullMarked;

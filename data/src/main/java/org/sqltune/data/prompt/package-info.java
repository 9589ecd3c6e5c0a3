/**
 * Turns questions and schemas into prompts, gold SQL into completions, and generated text back into SQL. Training and
 * inference use the same template objects. The part that depends only on the database comes first, so that all
 * questions of one schema begin with the same tokens.
 */
@NullMarked
package org.sqltune.data.prompt;

import org.jspecify.annotations.NullMarked;

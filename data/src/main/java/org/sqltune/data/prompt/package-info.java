/**
 * Questions and schemas to prompts, gold SQL to completions, and generated text back to SQL. Training and inference use
 * the same template objects. What depends on the database alone always comes first, so that the many questions of one
 * schema begin with the same tokens.
 */
@NullMarked
package org.sqltune.data.prompt;

import org.jspecify.annotations.NullMarked;

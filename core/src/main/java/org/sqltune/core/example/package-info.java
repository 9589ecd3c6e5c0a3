/**
 * Questions with their SQL, prompts with their completions, and the interface of predictors, which answer questions.
 */
@NullMarked
package org.sqltune.core.example;

import org.jspecify.annotations.NullMarked;

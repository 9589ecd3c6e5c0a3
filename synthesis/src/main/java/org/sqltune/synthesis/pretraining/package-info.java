/**
 * Generates unlimited text-to-SQL examples for training a small language model from scratch: schemas combined from
 * word lists, questions and SQL written by a phrase grammar and by the templates of {@link
 * org.sqltune.synthesis.template}, optionally mixed with natural questions. Such a model must first learn to copy
 * names and values from the prompt, so these vary far more than the query shapes. The entry is {@link
 * org.sqltune.synthesis.pretraining.PretrainingCorpus}; everything is repeatable from a seed.
 */
@NullMarked
package org.sqltune.synthesis.pretraining;

import org.jspecify.annotations.NullMarked;

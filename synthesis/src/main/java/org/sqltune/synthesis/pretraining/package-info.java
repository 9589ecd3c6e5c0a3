/**
 * Unlimited text-to-SQL examples for training a small language model from random weights: schemas put together from
 * word lists, and questions with their SQL written by a phrase grammar and by the templates of {@link
 * org.sqltune.data.synthesis}; questions that people asked can be mixed under them. What such a model must learn first is to copy
 * names and values from the prompt, so names and values vary far more than the queries' shapes do. {@link
 * org.sqltune.synthesis.pretraining.PretrainingCorpus} is the entry; everything is repeatable from a seed.
 */
@NullMarked
package org.sqltune.synthesis.pretraining;

import org.jspecify.annotations.NullMarked;

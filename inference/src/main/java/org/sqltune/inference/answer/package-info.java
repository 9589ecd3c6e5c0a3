/**
 * Questions, conversations and texts to answers: {@link org.sqltune.inference.answer.AnswerService} writes the prompts that a
 * model was trained with and has any runtime continue them, for many threads.
 */
@NullMarked
package org.sqltune.inference.answer;

import org.jspecify.annotations.NullMarked;

/**
 * Which of several candidates answers a question: each is run on the question's database, and the result that most of them
 * give is taken ({@link org.sqltune.inference.choice.Vote}).
 */
@NullMarked
package org.sqltune.inference.choice;

import org.jspecify.annotations.NullMarked;

/** Examples to rows of tokens: tokenising, shared prefixes, order, and the steps planned ahead. */
@NullMarked
package org.sqltune.training.batch;

import org.jspecify.annotations.NullMarked;

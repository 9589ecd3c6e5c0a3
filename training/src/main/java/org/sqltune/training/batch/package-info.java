/** Turns examples into rows of tokens: tokenising, shared prefixes, data order, and planning steps ahead. */
@NullMarked
package org.sqltune.training.batch;

import org.jspecify.annotations.NullMarked;

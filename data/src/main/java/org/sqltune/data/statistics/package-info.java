/**
 * Statistics of prompts and completions before training: lengths in tokens, truncated examples, and the tokens that
 * shared prefixes save.
 */
@NullMarked
package org.sqltune.data.statistics;

import org.jspecify.annotations.NullMarked;

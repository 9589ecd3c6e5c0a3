/**
 * What a set of prompts and completions is like before it is trained on: lengths in tokens, how many are cut, what their
 * shared beginnings save.
 */
@NullMarked
package org.sqltune.data.statistics;

import org.jspecify.annotations.NullMarked;

/**
 * Turns a run's data settings into examples, prompts and splits. The subpackages read data sets, write prompts, split
 * and count.
 */
@NullMarked
package org.sqltune.data;

import org.jspecify.annotations.NullMarked;

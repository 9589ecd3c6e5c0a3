/**
 * Data sets and databases to examples, prompts and splits: what turns a run's data settings into what is trained on and
 * scored. The packages below read data sets, write prompts, split and count.
 */
@NullMarked
package org.sqltune.data;

import org.jspecify.annotations.NullMarked;

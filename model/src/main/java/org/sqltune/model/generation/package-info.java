/**
 * Decoding: from a prompt's ids to new ids, greedy or sampled.
 */
@NullMarked
package org.sqltune.model.generation;

import org.jspecify.annotations.NullMarked;

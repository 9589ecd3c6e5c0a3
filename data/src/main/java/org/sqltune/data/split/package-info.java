/**
 * Holding out a part of a training set: at random, by stratum or by whole databases, always the same for the same seed.
 */
@NullMarked
package org.sqltune.data.split;

import org.jspecify.annotations.NullMarked;

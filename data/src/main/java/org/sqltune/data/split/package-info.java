/** Holds out a part of a training set: at random, by stratum or by whole databases; repeatable from a seed. */
@NullMarked
package org.sqltune.data.split;

import org.jspecify.annotations.NullMarked;

/** Weights, linear layers and the updates that adapters add to them. */
@NullMarked
package org.sqltune.model.weight;

import org.jspecify.annotations.NullMarked;

/**
 * More pairs from pairs that are there: other values, other words, and schemas in another order.
 */
@NullMarked
package org.sqltune.synthesis.augmentation;

import org.jspecify.annotations.NullMarked;

/** Derives new pairs from existing ones: other values, other words, and reordered schemas. */
@NullMarked
package org.sqltune.synthesis.augmentation;

import org.jspecify.annotations.NullMarked;

/** Invents schemas and values for pre-training. */
@NullMarked
package org.sqltune.synthesis.invention;

import org.jspecify.annotations.NullMarked;

/** Generates queries over invented schemas, each with its question. */
@NullMarked
package org.sqltune.synthesis.shape;

import org.jspecify.annotations.NullMarked;

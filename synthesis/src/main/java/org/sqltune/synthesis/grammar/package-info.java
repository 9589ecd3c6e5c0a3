/**
 * The SQL side of synthesis: draws queries over a profiled table, and represents their meaning as terms. Contains no
 * English.
 */
@NullMarked
package org.sqltune.synthesis.grammar;

import org.jspecify.annotations.NullMarked;

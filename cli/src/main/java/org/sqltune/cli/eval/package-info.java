/** Scoring from the command line: {@code eval} and {@code compare}. */
@NullMarked
package org.sqltune.cli.eval;

import org.jspecify.annotations.NullMarked;

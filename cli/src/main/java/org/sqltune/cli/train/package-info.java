/** Training from the command line: {@code train} and {@code estimate}. */
@NullMarked
package org.sqltune.cli.train;

import org.jspecify.annotations.NullMarked;

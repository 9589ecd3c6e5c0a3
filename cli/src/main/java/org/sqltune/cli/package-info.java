/**
 * The command line: reads arguments, calls one library entry a command, prints its result. Standard output carries
 * results only; progress, logs and errors go to standard error. Exit codes: 0 done, 1 failed, 2 asked for wrongly.
 */
@NullMarked
package org.sqltune.cli;

import org.jspecify.annotations.NullMarked;

/** Asking from the command line: {@code infer}. */
@NullMarked
package org.sqltune.cli.infer;

import org.jspecify.annotations.NullMarked;

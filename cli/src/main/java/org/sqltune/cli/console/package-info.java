/**
 * What the commands share to speak to the caller: standard output and error, tables, progress, exit codes.
 */
@NullMarked
package org.sqltune.cli.console;

import org.jspecify.annotations.NullMarked;

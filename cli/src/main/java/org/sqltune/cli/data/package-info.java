/**
 * {@code sqltune data}: each command parses options, calls one use case of {@link org.sqltune.workflow.data} and prints its
 * result.
 */
@NullMarked
package org.sqltune.cli.data;

import org.jspecify.annotations.NullMarked;

/**
 * The application as a library: one class for each use case, which takes a typed request and returns a typed result. The
 * command line, the server and Java programs call these classes; they print nothing and end no process.
 */
@NullMarked
package org.sqltune.workflow;

import org.jspecify.annotations.NullMarked;

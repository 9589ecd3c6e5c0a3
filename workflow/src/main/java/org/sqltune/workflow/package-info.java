/**
 * The application as a library: one class per use case, which takes a typed request and returns a typed result. The
 * command line, the server and Java programs call these classes, which print nothing and never end the process.
 */
@NullMarked
package org.sqltune.workflow;

import org.jspecify.annotations.NullMarked;

/**
 * Writes files that are either complete or absent, formats their sizes, tells what a file is by its first bytes, and says
 * in words why one can't be read.
 */
@NullMarked
package org.sqltune.core.io;

import org.jspecify.annotations.NullMarked;

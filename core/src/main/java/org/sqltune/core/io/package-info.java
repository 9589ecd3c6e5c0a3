/**
 * Writes files that are either complete or absent, formats their sizes, and tells what a file is by its first bytes.
 */
@NullMarked
package org.sqltune.core.io;

import org.jspecify.annotations.NullMarked;

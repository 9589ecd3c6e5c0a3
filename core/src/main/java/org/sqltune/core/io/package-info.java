/**
 * Writes files that are either complete or absent, hashes files, locks folders, formats sizes, and tells what a file is by
 * its first bytes.
 */
@NullMarked
package org.sqltune.core.io;

import org.jspecify.annotations.NullMarked;

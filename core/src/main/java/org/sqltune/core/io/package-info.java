/** Writes files that are either complete or absent, hashes files, locks folders, and formats sizes. */
@NullMarked
package org.sqltune.core.io;

import org.jspecify.annotations.NullMarked;

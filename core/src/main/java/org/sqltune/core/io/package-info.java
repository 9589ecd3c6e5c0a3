/** Writes files that are either complete or absent, and formats their sizes. */
@NullMarked
package org.sqltune.core.io;

import org.jspecify.annotations.NullMarked;

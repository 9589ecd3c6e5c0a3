/** Regular expressions as other languages write them. */
@NullMarked
package org.sqltune.core.regex;

import org.jspecify.annotations.NullMarked;

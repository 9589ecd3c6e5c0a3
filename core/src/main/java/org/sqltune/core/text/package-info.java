/** Texts that people read: which existing name a wrong one was probably meant to be. */
@NullMarked
package org.sqltune.core.text;

import org.jspecify.annotations.NullMarked;

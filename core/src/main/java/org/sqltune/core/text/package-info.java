/**
 * Texts that people read: names that come nearest to a wrong one, what failures are called, secrets masked, control characters
 * made visible.
 */
@NullMarked
package org.sqltune.core.text;

import org.jspecify.annotations.NullMarked;

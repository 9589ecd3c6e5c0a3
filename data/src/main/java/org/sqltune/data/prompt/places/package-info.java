/** Placeholders in the user's own prompt template. */
@NullMarked
package org.sqltune.data.prompt.places;

import org.jspecify.annotations.NullMarked;

/** The HTTP client of a Hugging Face hub. */
@NullMarked
package org.sqltune.model.hub.client;

import org.jspecify.annotations.NullMarked;

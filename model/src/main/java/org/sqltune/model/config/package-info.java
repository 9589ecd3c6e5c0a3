/**
 * What config.json says of a model, checked: an unknown value that would change the arithmetic is an error.
 */
@NullMarked
package org.sqltune.model.config;

import org.jspecify.annotations.NullMarked;

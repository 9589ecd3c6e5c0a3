/**
 * What config.json says of a model, checked: a value that would change the arithmetic and isn't known is an error. Each
 * family of models is one {@code ModelArchitecture}, which turns the file into sizes, arithmetic and names of weights.
 */
@NullMarked
package org.sqltune.model.config;

import org.jspecify.annotations.NullMarked;

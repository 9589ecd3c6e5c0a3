/**
 * One run's configuration: YAML sections as records, read and checked before anything is loaded.
 */
@NullMarked
package org.sqltune.core.config;

import org.jspecify.annotations.NullMarked;

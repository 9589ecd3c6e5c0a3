/**
 * JSON objects in files: read whole or refused in one line.
 */
@NullMarked
package org.sqltune.model.json;

import org.jspecify.annotations.NullMarked;

/**
 * Database schemas as data: tables, columns, keys.
 */
@NullMarked
package org.sqltune.core.schema;

import org.jspecify.annotations.NullMarked;

/**
 * How hard a query is by Spider's rules, counted on its tokens.
 */
@NullMarked
package org.sqltune.core.sql.hardness;

import org.jspecify.annotations.NullMarked;

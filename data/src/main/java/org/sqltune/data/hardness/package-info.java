/**
 * How hard a query is by Spider's rules, counted on its tokens.
 */
@NullMarked
package org.sqltune.data.hardness;

import org.jspecify.annotations.NullMarked;

/**
 * How hard a query is by Spider's rules, and their thresholds, which the official scorer shares.
 */
@NullMarked
package org.sqltune.core.sql.hardness;

import org.jspecify.annotations.NullMarked;

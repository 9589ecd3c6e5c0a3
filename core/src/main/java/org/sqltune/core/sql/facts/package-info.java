/**
 * What can be said of a query without running it: its kind and category, how hard it is, and what it names.
 */
@NullMarked
package org.sqltune.core.sql.facts;

import org.jspecify.annotations.NullMarked;

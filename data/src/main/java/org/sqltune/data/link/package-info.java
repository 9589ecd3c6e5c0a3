/** Finds the values of a database that questions mention, and the values that gold SQL uses. */
@NullMarked
package org.sqltune.data.link;

import org.jspecify.annotations.NullMarked;

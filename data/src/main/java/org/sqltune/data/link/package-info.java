/** Values of a database that questions speak of: finding them, and telling which of them gold SQL compares with. */
@NullMarked
package org.sqltune.data.link;

import org.jspecify.annotations.NullMarked;

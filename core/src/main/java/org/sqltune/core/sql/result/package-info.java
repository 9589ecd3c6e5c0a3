/** Whether two queries gave the same result. */
@NullMarked
package org.sqltune.core.sql.result;

import org.jspecify.annotations.NullMarked;

/** The interactive session: lines, commands, highlighting and tables of rows. */
@NullMarked
package org.sqltune.inference.session;

import org.jspecify.annotations.NullMarked;

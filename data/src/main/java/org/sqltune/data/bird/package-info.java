/** Reads the files of BIRD and its mini-dev. */
@NullMarked
package org.sqltune.data.bird;

import org.jspecify.annotations.NullMarked;

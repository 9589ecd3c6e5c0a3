/**
 * Makes question and SQL pairs for any database that has rows. {@code profile} learns what its columns hold, {@code grammar} builds SQL and its meaning, {@code phrasing} puts that meaning into English; this package draws, executes and sifts.
 */
@NullMarked
package org.sqltune.synthesis;

import org.jspecify.annotations.NullMarked;

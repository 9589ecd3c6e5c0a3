/** Models and adapters from the command line: {@code adapter} and {@code download}. */
@NullMarked
package org.sqltune.cli.model;

import org.jspecify.annotations.NullMarked;

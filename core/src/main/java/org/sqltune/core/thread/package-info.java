/** Keeps threads apart that mustn't meet. */
@NullMarked
package org.sqltune.core.thread;

import org.jspecify.annotations.NullMarked;

/**
 * What a long piece of work tells whoever watches it.
 */
@NullMarked
package org.sqltune.core.progress;

import org.jspecify.annotations.NullMarked;

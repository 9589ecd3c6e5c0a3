/** llama.cpp within this process, as an engine. */
@NullMarked
package org.sqltune.llamacpp;

import org.jspecify.annotations.NullMarked;

/** The file format GGUF, version 3: what llama.cpp and what is built on it read. */
@NullMarked
package org.sqltune.deployment.gguf;

import org.jspecify.annotations.NullMarked;

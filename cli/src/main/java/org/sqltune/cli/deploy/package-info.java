/** Models at an Ollama server from the command line: {@code deploy} and {@code test-deployment}. */
@NullMarked
package org.sqltune.cli.deploy;

import org.jspecify.annotations.NullMarked;

/** Models at an Ollama server: deployed and tested there. */
@NullMarked
package org.sqltune.workflow.deploy;

import org.jspecify.annotations.NullMarked;

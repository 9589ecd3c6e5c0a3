/** Publishes models, adapters and GGUF files on a Hugging Face hub. */
@NullMarked
package org.sqltune.workflow.publish;

import org.jspecify.annotations.NullMarked;

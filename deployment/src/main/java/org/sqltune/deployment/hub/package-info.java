/** Models on their way to a Hugging Face hub: the model card, large-file storage, one commit. */
@NullMarked
package org.sqltune.deployment.hub;

import org.jspecify.annotations.NullMarked;

/** Files that travel beside the weights of a model. */
@NullMarked
package org.sqltune.model.folder;

import org.jspecify.annotations.NullMarked;

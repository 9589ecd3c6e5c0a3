/** The families of models: how each config.json describes a decoder. */
@NullMarked
package org.sqltune.model.architecture;

import org.jspecify.annotations.NullMarked;

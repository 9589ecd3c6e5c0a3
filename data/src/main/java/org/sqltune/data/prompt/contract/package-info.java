/**
 * What a model remembers of the prompts it was trained on, kept beside its weights in {@code sqltune.json}, and how every
 * way of asking decides which prompts to write.
 */
@NullMarked
package org.sqltune.data.prompt.contract;

import org.jspecify.annotations.NullMarked;

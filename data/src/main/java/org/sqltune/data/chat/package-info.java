/** Conversations: read from rows of every common form, and written as the text that a model's chat template makes of them. */
@NullMarked
package org.sqltune.data.chat;

import org.jspecify.annotations.NullMarked;

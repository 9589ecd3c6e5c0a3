/**
 * What keeps a model to queries that the database prepares: masks over a tokenizer's tokens, made by following the bytes of
 * each with {@link org.sqltune.core.sql.recognizer.QueryRecognizer}.
 */
@NullMarked
package org.sqltune.inference.constraint;

import org.jspecify.annotations.NullMarked;

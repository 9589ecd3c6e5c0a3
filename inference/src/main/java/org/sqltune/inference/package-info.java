/**
 * Questions to SQL: {@link org.sqltune.inference.TextToSql} for a program's own use, {@link
 * org.sqltune.inference.ModelSqlPredictor} for batches and evaluation.
 */
@NullMarked
package org.sqltune.inference;

import org.jspecify.annotations.NullMarked;

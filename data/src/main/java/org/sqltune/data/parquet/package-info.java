/**
 * Parquet files (<a href="https://parquet.apache.org/docs/file-format/">the format</a>) as rows of JSON: the columns that
 * are asked for, of any codec and encoding, nested ones included. parquet-java reads the format; the codecs here are Java,
 * so that neither Hadoop nor native libraries are needed.
 */
@NullMarked
package org.sqltune.data.parquet;

import org.jspecify.annotations.NullMarked;

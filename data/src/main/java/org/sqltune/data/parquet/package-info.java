/**
 * Reads Parquet files (<a href="https://parquet.apache.org/docs/file-format/">format</a>) as rows of JSON: the wanted
 * columns, with any codec and encoding, including nested columns. parquet-java reads the format; the codecs here are
 * pure Java, so that neither Hadoop nor native libraries are needed.
 */
@NullMarked
package org.sqltune.data.parquet;

import org.jspecify.annotations.NullMarked;

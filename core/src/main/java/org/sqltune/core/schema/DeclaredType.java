package org.sqltune.core.schema;

/**
 * A type that somebody declared, such as an enumeration.
 *
 * @param name as columns' types have it
 * @param statement the SQL that makes it, one line with its semicolon
 */
public record DeclaredType(String name, String statement) {}

package org.sqltune.core.schema;

/**
 * A column.
 *
 * @param name as the database spells it
 * @param type declared type in lower case ({@code integer}, {@code text}, {@code varchar(20)}); empty if none
 * @param primaryKey whether it is part of the table's primary key
 */
public record Column(String name, String type, boolean primaryKey) {}

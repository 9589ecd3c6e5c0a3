package org.sqltune.data.audit;

import org.sqltune.core.example.Example;

/**
 * A row with a fault.
 *
 * @param fault the fault
 * @param part the row's part
 * @param example the row
 * @param detail the database's message, or the id of the other row
 */
public record Finding(Fault fault, String part, Example example, String detail) {}

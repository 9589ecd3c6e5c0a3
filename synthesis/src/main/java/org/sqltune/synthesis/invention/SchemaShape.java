package org.sqltune.synthesis.invention;

/**
 * How large invented schemas are.
 *
 * @param leastTables the fewest tables
 * @param mostTables the most tables
 * @param leastFacts the fewest columns of a table beside its keys
 * @param mostFacts the most columns of a table beside its keys
 * @param inventedNames the share of names that are words that exist nowhere, so that they can only be copied
 */
public record SchemaShape(int leastTables, int mostTables, int leastFacts, int mostFacts, double inventedNames) {}

package org.sqltune.evaluation.spider.grammar;

/**
 * A column, optionally inside an aggregate function.
 *
 * @param aggregate the function
 * @param column the column's id: {@code __table.column__}, or {@code __all__} for {@code *}
 * @param distinct whether {@code distinct} precedes it
 */
public record ColumnUnit(Aggregate aggregate, String column, boolean distinct) implements Operand {}

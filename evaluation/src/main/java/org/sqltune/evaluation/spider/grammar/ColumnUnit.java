package org.sqltune.evaluation.spider.grammar;

/**
 * A column, perhaps inside a function.
 *
 * @param aggregate the function
 * @param column the column's id: {@code __table.column__}, or {@code __all__} for {@code *}
 * @param distinct whether {@code distinct} stands before it
 */
public record ColumnUnit(Aggregate aggregate, String column, boolean distinct) implements Operand {}

package org.sqltune.evaluation.spider.grammar;

/**
 * One entry of a select list.
 *
 * @param aggregate the function around it
 * @param value the selected expression
 */
public record SelectUnit(Aggregate aggregate, ValueUnit value) {}

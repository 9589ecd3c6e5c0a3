package org.sqltune.evaluation.spider.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sqltune.evaluation.spider.grammar.ConditionPart.Comparison;
import org.sqltune.evaluation.spider.grammar.ConditionPart.Connective;
import org.sqltune.evaluation.spider.grammar.ValueUnit.ColumnUnit;

/** Reads the conditions of ON, WHERE and HAVING. */
final class ConditionParser {
    private static final Set<String> JOIN_WORDS = Set.of("join", "on", "as");
    private static final Set<String> END_OF_CONDITION = union(QueryParser.END_OF_CLAUSE, JOIN_WORDS);
    private static final Set<String> END_OF_COLUMN =
            union(union(QueryParser.CLAUSE_WORDS, JOIN_WORDS), Set.of(",", ")", "and"));

    private final UnitParser units;
    private final QueryParser queries;

    ConditionParser(UnitParser units, QueryParser queries) {
        this.units = units;
        this.queries = queries;
    }

    /** Reads a condition up to the next clause, join, semicolon or closing parenthesis. */
    List<ConditionPart> parts(TokenCursor cursor, List<String> tablesRead) {
        List<ConditionPart> parts = new ArrayList<>();
        while (!cursor.atEnd()) {
            parts.add(comparison(cursor, tablesRead));
            if (cursor.isAtAny(END_OF_CONDITION)) {
                break;
            }
            if (cursor.passIfAt("and")) {
                parts.add(Connective.AND);
            } else if (cursor.passIfAt("or")) {
                parts.add(Connective.OR);
            }
        }
        return parts;
    }

    private Comparison comparison(TokenCursor cursor, List<String> tablesRead) {
        ValueUnit left = units.value(cursor, tablesRead);
        boolean negated = cursor.passIfCurrent("not");
        ComparisonOperator operator = ComparisonOperator.written(cursor.current());
        if (operator == null) {
            throw new UnparseableQueryException("no comparison at token " + cursor.position());
        }
        cursor.advance();
        Operand first = operand(cursor, tablesRead);
        if (operator != ComparisonOperator.BETWEEN) {
            return new Comparison(negated, operator, left, first, null);
        }
        cursor.expect("and");
        return new Comparison(negated, operator, left, first, operand(cursor, tablesRead));
    }

    private Operand operand(TokenCursor cursor, List<String> tablesRead) {
        int start = cursor.position();
        boolean inParentheses = cursor.passIfCurrent("(");
        Operand operand;
        if (cursor.current().equals("select")) {
            operand = queries.query(cursor);
        } else if (cursor.current().contains("\"")) {
            operand = new Operand.Text(cursor.current());
            cursor.advance();
        } else {
            operand = numberOrColumn(cursor, start, tablesRead);
        }
        if (inParentheses) {
            cursor.expect(")");
        }
        return operand;
    }

    /** Reads an operand. A column includes the parenthesis before it, but never the one after it. */
    private Operand numberOrColumn(TokenCursor cursor, int start, List<String> tablesRead) {
        Double number = PythonText.parseFloat(cursor.current());
        if (number != null) {
            cursor.advance();
            return new Operand.Number(number);
        }
        int end = cursor.findAny(END_OF_COLUMN);
        ColumnUnit column = units.column(cursor.between(start, end), tablesRead);
        cursor.moveTo(end);
        return column;
    }

    private static Set<String> union(Set<String> first, Set<String> second) {
        return Stream.concat(first.stream(), second.stream()).collect(Collectors.toUnmodifiableSet());
    }
}

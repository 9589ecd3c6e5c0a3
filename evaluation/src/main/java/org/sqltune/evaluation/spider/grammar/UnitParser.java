package org.sqltune.evaluation.spider.grammar;

import java.util.List;
import org.sqltune.evaluation.spider.grammar.ValueUnit.ArithmeticOperator;
import org.sqltune.evaluation.spider.grammar.ValueUnit.ColumnUnit;

/** Parses columns, functions of columns, and arithmetic with two columns. */
final class UnitParser {
    private final TableNames names;

    UnitParser(TableNames names) {
        this.names = names;
    }

    /** Reads a column, or arithmetic with two columns. */
    ValueUnit value(TokenCursor cursor, List<String> tablesRead) {
        boolean inParentheses = cursor.passIfCurrent("(");
        ColumnUnit left = column(cursor, tablesRead);
        ArithmeticOperator operator = cursor.atEnd() ? null : ArithmeticOperator.written(cursor.current());
        ColumnUnit right = null;
        if (operator != null) {
            cursor.advance();
            right = column(cursor, tablesRead);
        }
        if (inParentheses) {
            cursor.expect(")");
        }
        return new ValueUnit(operator == null ? ArithmeticOperator.NONE : operator, left, right);
    }

    /** Reads a column, optionally inside a function. A parenthesis before a function isn't closed here. */
    ColumnUnit column(TokenCursor cursor, List<String> tablesRead) {
        boolean inParentheses = cursor.passIfCurrent("(");
        Aggregate function = Aggregate.named(cursor.current());
        if (function != null) {
            cursor.advance();
            cursor.expect("(");
            ColumnUnit unit = bareColumn(function, cursor, tablesRead);
            cursor.expect(")");
            return unit;
        }
        ColumnUnit unit = bareColumn(Aggregate.NONE, cursor, tablesRead);
        if (inParentheses) {
            cursor.expect(")");
        }
        return unit;
    }

    private ColumnUnit bareColumn(Aggregate function, TokenCursor cursor, List<String> tablesRead) {
        boolean distinct = cursor.passIfCurrent("distinct");
        String id = names.columnId(cursor.current(), tablesRead);
        cursor.advance();
        return new ColumnUnit(function, id, distinct);
    }
}

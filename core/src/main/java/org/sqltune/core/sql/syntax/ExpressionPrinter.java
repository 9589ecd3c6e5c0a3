package org.sqltune.core.sql.syntax;

import java.util.stream.Collectors;
import org.sqltune.core.sql.syntax.Expression.Between;
import org.sqltune.core.sql.syntax.Expression.Binary;
import org.sqltune.core.sql.syntax.Expression.BlobLiteral;
import org.sqltune.core.sql.syntax.Expression.Call;
import org.sqltune.core.sql.syntax.Expression.Case;
import org.sqltune.core.sql.syntax.Expression.Cast;
import org.sqltune.core.sql.syntax.Expression.Collate;
import org.sqltune.core.sql.syntax.Expression.ColumnName;
import org.sqltune.core.sql.syntax.Expression.CurrentTime;
import org.sqltune.core.sql.syntax.Expression.Exists;
import org.sqltune.core.sql.syntax.Expression.InList;
import org.sqltune.core.sql.syntax.Expression.InQuery;
import org.sqltune.core.sql.syntax.Expression.Like;
import org.sqltune.core.sql.syntax.Expression.NullTest;
import org.sqltune.core.sql.syntax.Expression.NumberLiteral;
import org.sqltune.core.sql.syntax.Expression.Parameter;
import org.sqltune.core.sql.syntax.Expression.RowValue;
import org.sqltune.core.sql.syntax.Expression.Subquery;
import org.sqltune.core.sql.syntax.Expression.TextLiteral;
import org.sqltune.core.sql.syntax.Expression.Unary;

/** Writes expressions, in parentheses where they bind looser than their place asks for. */
final class ExpressionPrinter {
    private ExpressionPrinter() {}

    /** @param least how tight the expression must bind to stand without parentheses */
    static String print(Expression expression, int least) {
        String sql = write(expression);
        return precedence(expression) < least ? "(" + sql + ")" : sql;
    }

    private static int precedence(Expression expression) {
        if (expression instanceof Binary binary) {
            return switch (binary.operator()) {
                case "OR" -> Precedence.OR;
                case "AND" -> Precedence.AND;
                default -> Precedence.SYMBOLS.getOrDefault(binary.operator(), Precedence.EQUALITY);
            };
        }
        if (expression instanceof Unary unary) {
            return unary.operator().equals("NOT") ? Precedence.NOT : Precedence.SIGN;
        }
        if (expression instanceof Collate) {
            return Precedence.COLLATE;
        }
        boolean test = expression instanceof Like
                || expression instanceof Between
                || expression instanceof InList
                || expression instanceof InQuery
                || expression instanceof NullTest;
        return test ? Precedence.EQUALITY : Precedence.OPERAND;
    }

    private static String write(Expression expression) {
        if (expression instanceof Binary binary) {
            int own = precedence(binary);
            return print(binary.left(), own) + " " + binary.operator() + " " + right(binary, own);
        }
        if (expression instanceof Unary unary) {
            // A space, so that two signs don't become a comment.
            return unary.operator() + " " + print(unary.operand(), precedence(unary));
        }
        if (expression instanceof Collate collate) {
            return print(collate.value(), Precedence.COLLATE) + " COLLATE " + SqlPrinter.name(collate.collation());
        }
        if (expression instanceof Call call) {
            return call(call);
        }
        if (expression instanceof Case choice) {
            return choice(choice);
        }
        return precedence(expression) == Precedence.EQUALITY ? test(expression) : operand(expression);
    }

    private static String right(Binary binary, int own) {
        return print(binary.right(), own + 1);
    }

    private static String test(Expression expression) {
        if (expression instanceof NullTest test) {
            return left(test.value()) + (test.negated() ? " IS NOT NULL" : " IS NULL");
        }
        if (expression instanceof Between between) {
            return left(between.value()) + not(between.negated()) + " BETWEEN " + tighter(between.low()) + " AND "
                    + tighter(between.high());
        }
        if (expression instanceof InList in) {
            return left(in.value()) + not(in.negated()) + " IN (" + SqlPrinter.list(in.items()) + ")";
        }
        if (expression instanceof InQuery in) {
            return left(in.value()) + not(in.negated()) + " IN (" + SqlPrinter.print(in.query()) + ")";
        }
        Like like = (Like) expression;
        String escape = like.escape() == null ? "" : " ESCAPE " + tighter(like.escape());
        return left(like.value()) + not(like.negated()) + " " + like.operator() + " " + tighter(like.pattern())
                + escape;
    }

    private static String left(Expression value) {
        return print(value, Precedence.EQUALITY);
    }

    private static String tighter(Expression value) {
        return print(value, Precedence.EQUALITY + 1);
    }

    private static String not(boolean negated) {
        return negated ? " NOT" : "";
    }

    private static String operand(Expression expression) {
        if (expression instanceof NumberLiteral number) {
            return number.text();
        }
        if (expression instanceof TextLiteral text) {
            return "'" + text.text().replace("'", "''") + "'";
        }
        if (expression instanceof BlobLiteral blob) {
            return "x'" + blob.digits() + "'";
        }
        if (expression instanceof Parameter parameter) {
            return parameter.text();
        }
        if (expression instanceof CurrentTime time) {
            return time.keyword();
        }
        if (expression instanceof ColumnName column) {
            return column(column);
        }
        if (expression instanceof Cast cast) {
            return cast(cast);
        }
        if (expression instanceof Exists exists) {
            return "EXISTS (" + SqlPrinter.print(exists.query()) + ")";
        }
        if (expression instanceof Subquery subquery) {
            return "(" + SqlPrinter.print(subquery.query()) + ")";
        }
        return expression instanceof RowValue row ? "(" + SqlPrinter.list(row.items()) + ")" : "NULL";
    }

    private static String column(ColumnName column) {
        if (column.doubleQuoted()) {
            return '"' + column.name().replace("\"", "\"\"") + '"';
        }
        return (column.schema() == null ? "" : SqlPrinter.name(column.schema()) + ".")
                + (column.table() == null ? "" : SqlPrinter.name(column.table()) + ".")
                + SqlPrinter.name(column.name());
    }

    private static String cast(Cast cast) {
        String sizes = cast.sizes().isEmpty() ? "" : "(" + String.join(", ", cast.sizes()) + ")";
        String type = cast.type().isEmpty() ? "" : " " + SqlPrinter.typeName(cast.type());
        return "CAST(" + SqlPrinter.print(cast.value()) + " AS" + type + sizes + ")";
    }

    private static String call(Call call) {
        String arguments = call.star() ? "*" : SqlPrinter.list(call.arguments());
        String order = call.orderBy().isEmpty() ? "" : " " + SqlPrinter.orderBy(call.orderBy());
        String filter = call.filter() == null ? "" : " FILTER (WHERE " + SqlPrinter.print(call.filter()) + ")";
        String over = call.window() == null ? "" : " OVER " + WindowPrinter.over(call.window());
        String distinct = call.distinct() ? "DISTINCT " : "";
        return SqlPrinter.name(call.name()) + "(" + distinct + arguments + order + ")" + filter + over;
    }

    private static String choice(Case choice) {
        String base = choice.base() == null ? "" : " " + SqlPrinter.print(choice.base());
        String whens = choice.whens().stream()
                .map(when -> " WHEN " + SqlPrinter.print(when.condition()) + " THEN " + SqlPrinter.print(when.result()))
                .collect(Collectors.joining());
        String otherwise = choice.otherwise() == null ? "" : " ELSE " + SqlPrinter.print(choice.otherwise());
        return "CASE" + base + whens + otherwise + " END";
    }
}

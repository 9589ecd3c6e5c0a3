package org.sqltune.core.sql.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.syntax.Expression;
import org.sqltune.core.sql.syntax.Expression.Binary;
import org.sqltune.core.sql.syntax.Expression.BlobLiteral;
import org.sqltune.core.sql.syntax.Expression.Call;
import org.sqltune.core.sql.syntax.Expression.Case;
import org.sqltune.core.sql.syntax.Expression.Cast;
import org.sqltune.core.sql.syntax.Expression.Collate;
import org.sqltune.core.sql.syntax.Expression.ColumnName;
import org.sqltune.core.sql.syntax.Expression.CurrentTime;
import org.sqltune.core.sql.syntax.Expression.NullLiteral;
import org.sqltune.core.sql.syntax.Expression.NumberLiteral;
import org.sqltune.core.sql.syntax.Expression.Parameter;
import org.sqltune.core.sql.syntax.Expression.RowValue;
import org.sqltune.core.sql.syntax.Expression.Subquery;
import org.sqltune.core.sql.syntax.Expression.TextLiteral;
import org.sqltune.core.sql.syntax.Expression.Unary;
import org.sqltune.core.sql.syntax.Expression.When;
import org.sqltune.core.sql.syntax.Query.OrderTerm;
import org.sqltune.core.sql.syntax.SqlPrinter;
import org.sqltune.core.sql.syntax.Window;

/** Expressions that are values, as noun phrases. */
final class ValueWords {
    private static final Set<String> ARITHMETIC = Set.of("+", "-", "*", "/", "%");
    private static final Map<String, String> DATE_PARTS =
            Map.of("%Y", "year", "%m", "month", "%d", "day", "%H", "hour");
    private static final Map<String, String> WINDOW_FUNCTIONS =
            Map.of("row_number", "the row number", "rank", "the rank", "dense_rank", "the rank without gaps");

    private final SourceNames names;
    private final SubqueryWords subqueries;
    private final ConditionWords conditions;

    ValueWords(SourceNames names, SubqueryWords subqueries, ConditionWords conditions) {
        this.names = names;
        this.subqueries = subqueries;
        this.conditions = conditions;
    }

    /** A value that columns are compared with. */
    String operand(Expression value, Place place) {
        return value instanceof ColumnName name ? names.ofValue(name, place) : of(value, place);
    }

    /** Values that columns are compared with. */
    List<String> operands(List<Expression> values, Place place) {
        return values.stream().map(each -> operand(each, place)).toList();
    }

    /** Any value. */
    String of(Expression value, Place place) {
        if (value instanceof ColumnName name) {
            return names.of(name, place);
        }
        if (value instanceof NumberLiteral number) {
            return number.text();
        }
        if (value instanceof TextLiteral text) {
            return SourceNames.quoted(text.text());
        }
        if (value instanceof NullLiteral) {
            return "no value";
        }
        if (value instanceof Call call) {
            return call(call, place);
        }
        if (value instanceof Subquery subquery) {
            return subqueries.value(subquery.query());
        }
        if (value instanceof Unary unary && !unary.operator().equals("NOT")) {
            return unary.operator() + inner(unary.operand(), place);
        }
        if (value instanceof Binary binary && (ARITHMETIC.contains(binary.operator()) || isJoining(binary))) {
            return chain(binary, place);
        }
        if (ConditionWords.isCondition(value)) {
            return "whether " + conditions.of(value, place);
        }
        return rare(value, place);
    }

    private String rare(Expression value, Place place) {
        if (value instanceof Case choice) {
            return choice(choice, place);
        }
        if (value instanceof Cast cast) {
            return inner(cast.value(), place) + " converted to " + (cast.type().isEmpty() ? "a number" : cast.type());
        }
        if (value instanceof Collate collate) {
            return of(collate.value(), place) + " (compared by " + collate.collation() + ")";
        }
        if (value instanceof RowValue row) {
            return "(" + String.join(", ", operands(row.items(), place)) + ")";
        }
        if (value instanceof CurrentTime time) {
            return switch (time.keyword()) {
                case "CURRENT_DATE" -> "today's date";
                case "CURRENT_TIME" -> "the current time";
                default -> "the current date and time";
            };
        }
        if (value instanceof Parameter parameter) {
            return "the parameter " + parameter.text();
        }
        if (value instanceof BlobLiteral blob) {
            return "the bytes " + blob.digits();
        }
        return asSql(value);
    }

    /** What there are no words for. */
    private static String asSql(Expression value) {
        return "`" + SqlPrinter.print(value) + "`";
    }

    /** An operand beside which something else stands. */
    private String inner(Expression value, Place place) {
        String words = of(value, place);
        boolean simple = value instanceof ColumnName || value instanceof NumberLiteral || value instanceof TextLiteral;
        return simple || words.indexOf(' ') < 0 ? words : "(" + words + ")";
    }

    private static boolean isJoining(Binary binary) {
        return binary.operator().equals("||");
    }

    /** A chain of one operator, which may be long: without recursion. */
    private String chain(Binary last, Place place) {
        List<String> operands = new ArrayList<>();
        Expression left = last;
        while (left instanceof Binary binary && binary.operator().equals(last.operator())) {
            operands.add(0, inner(binary.right(), place));
            left = binary.left();
        }
        operands.add(0, inner(left, place));
        return String.join(isJoining(last) ? " followed by " : " " + last.operator() + " ", operands);
    }

    private String choice(Case choice, Place place) {
        List<String> branches = new ArrayList<>();
        Expression base = choice.base();
        for (When when : choice.whens()) {
            String condition = base == null
                    ? conditions.of(when.condition(), place)
                    : of(base, place) + " is " + operand(when.condition(), place);
            branches.add(operand(when.result(), place) + " if " + condition);
        }
        Expression otherwise = choice.otherwise();
        branches.add("else " + (otherwise == null ? "no value" : operand(otherwise, place)));
        return "(" + String.join(", ", branches) + ")";
    }

    private String call(Call call, Place place) {
        Window window = call.window();
        if (window != null && (window.base() != null || window.frame() != null)
                || !call.orderBy().isEmpty()) {
            return asSql(call);
        }
        String words = function(call, place);
        Expression filter = call.filter();
        String only = filter == null ? "" : " over rows where " + conditions.of(filter, place);
        return words + only + (window == null ? "" : over(window, place));
    }

    private String over(Window window, Place place) {
        List<String> parts = new ArrayList<>();
        if (!window.partitionBy().isEmpty()) {
            List<String> keys =
                    window.partitionBy().stream().map(each -> of(each, place)).toList();
            parts.add("within rows of the same " + Lists.and(keys));
        }
        if (!window.orderBy().isEmpty()) {
            parts.add("in order of " + order(window.orderBy(), place));
        }
        return parts.isEmpty() ? " over all rows" : " " + String.join(" ", parts);
    }

    /** {@code a, descending, then b}. */
    String order(List<OrderTerm> terms, Place place) {
        List<String> words = new ArrayList<>();
        for (OrderTerm term : terms) {
            Boolean nullsFirst = term.nullsFirst();
            String nulls = nullsFirst == null ? "" : nullsFirst ? ", missing values first" : ", missing values last";
            String key = term.value() instanceof NumberLiteral number
                    ? "column " + number.text() + " of the result"
                    : of(term.value(), place);
            words.add(key + (term.descending() ? " (descending)" : "") + nulls);
        }
        return String.join(", then ", words);
    }

    private String function(Call call, Place place) {
        String aggregate = aggregate(call, place);
        if (aggregate != null) {
            return aggregate;
        }
        String windowFunction = call.window() == null ? null : WINDOW_FUNCTIONS.get(call.name());
        if (windowFunction != null && call.arguments().isEmpty()) {
            return windowFunction;
        }
        String known = scalar(call, place);
        return known != null ? known : generic(call, place);
    }

    private String generic(Call call, Place place) {
        String distinct = call.distinct() ? "different " : "";
        String arguments = call.star() ? "*" : String.join(", ", operands(call.arguments(), place));
        return call.name() + "(" + distinct + arguments + ")";
    }

    private @Nullable String aggregate(Call call, Place place) {
        if (call.star() || (call.name().equals("count") && call.arguments().isEmpty())) {
            return call.name().equals("count") ? "the number of rows" : null;
        }
        if (call.arguments().size() != 1) {
            return null;
        }
        String of = (call.distinct() ? "the different values of " : "")
                + of(call.arguments().get(0), place);
        return switch (call.name()) {
            case "count" ->
                call.distinct()
                        ? "the number of different values of "
                                + of(call.arguments().get(0), place)
                        : "the number of values of " + of;
            case "sum", "total" -> "the sum of " + of;
            case "avg" -> "the average of " + of;
            case "min" -> "the smallest " + inner(call.arguments().get(0), place);
            case "max" -> "the largest " + inner(call.arguments().get(0), place);
            case "group_concat" -> "the list of " + of;
            default -> null;
        };
    }

    private @Nullable String scalar(Call call, Place place) {
        List<Expression> arguments = call.arguments();
        if (call.distinct() || arguments.isEmpty()) {
            return null;
        }
        boolean one = arguments.size() == 1;
        String first = inner(arguments.get(0), place);
        return switch (call.name()) {
            case "lower" -> one ? first + " in small letters" : null;
            case "upper" -> one ? first + " in capitals" : null;
            case "length" -> one ? "the length of " + first : null;
            case "abs" -> one ? "the absolute value of " + first : null;
            case "round" ->
                one
                        ? first + " rounded"
                        : arguments.size() == 2
                                ? first + " rounded to " + of(arguments.get(1), place) + " decimal places"
                                : null;
            case "coalesce", "ifnull" -> Lists.or(operands(arguments, place)) + " (the first that has a value)";
            case "min" -> "the smallest of " + Lists.and(operands(arguments, place));
            case "max" -> "the largest of " + Lists.and(operands(arguments, place));
            case "strftime" -> datePart(arguments, place);
            default -> null;
        };
    }

    private @Nullable String datePart(List<Expression> arguments, Place place) {
        String part = arguments.get(0) instanceof TextLiteral format ? DATE_PARTS.get(format.text()) : null;
        return part == null || arguments.size() != 2 ? null : "the " + part + " of " + inner(arguments.get(1), place);
    }
}

package org.sqltune.core.sql.explain;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sqltune.core.sql.syntax.Expression;
import org.sqltune.core.sql.syntax.Expression.Between;
import org.sqltune.core.sql.syntax.Expression.Binary;
import org.sqltune.core.sql.syntax.Expression.ColumnName;
import org.sqltune.core.sql.syntax.Expression.Exists;
import org.sqltune.core.sql.syntax.Expression.InList;
import org.sqltune.core.sql.syntax.Expression.InQuery;
import org.sqltune.core.sql.syntax.Expression.Like;
import org.sqltune.core.sql.syntax.Expression.NullTest;
import org.sqltune.core.sql.syntax.Expression.Subquery;
import org.sqltune.core.sql.syntax.Expression.TextLiteral;
import org.sqltune.core.sql.syntax.Expression.Unary;
import org.sqltune.core.sql.syntax.Queries;

/** Expressions that are conditions, as clauses. */
final class ConditionWords {
    private static final Map<String, String> COMPARISONS = Map.of(
            ">",
            "is greater than",
            "<",
            "is less than",
            ">=",
            "is at least",
            "<=",
            "is at most",
            "IS",
            "is",
            "IS NOT",
            "is not");
    private static final Set<String> EQUALITIES = Set.of("=", "<>");

    private final SubqueryWords subqueries;
    private final ValueWords values;

    ConditionWords(SourceNames names, SubqueryWords subqueries) {
        this.subqueries = subqueries;
        this.values = new ValueWords(names, subqueries, this);
    }

    ValueWords values() {
        return values;
    }

    /** Whether an expression is true or false and nothing else. */
    static boolean isCondition(Expression expression) {
        if (expression instanceof Binary binary) {
            return isAndOr(binary)
                    || EQUALITIES.contains(binary.operator())
                    || COMPARISONS.containsKey(binary.operator());
        }
        return expression instanceof Like
                || expression instanceof Between
                || expression instanceof InList
                || expression instanceof InQuery
                || expression instanceof NullTest
                || expression instanceof Exists
                || (expression instanceof Unary unary && unary.operator().equals("NOT"));
    }

    private static boolean isAndOr(Binary binary) {
        return binary.operator().equals("AND") || binary.operator().equals("OR");
    }

    /** A condition. */
    String of(Expression condition, Place place) {
        if (condition instanceof Binary binary && isAndOr(binary)) {
            return chain(binary, place);
        }
        if (condition instanceof Binary binary && EQUALITIES.contains(binary.operator())) {
            return equality(binary, place);
        }
        if (condition instanceof Binary binary && COMPARISONS.containsKey(binary.operator())) {
            return values.of(binary.left(), place) + " " + COMPARISONS.get(binary.operator()) + " "
                    + values.operand(binary.right(), place);
        }
        if (condition instanceof Like like) {
            return like(like, place);
        }
        if (condition instanceof Between between) {
            return values.of(between.value(), place) + not(between.negated(), " is", " between ")
                    + values.operand(between.low(), place) + " and " + values.operand(between.high(), place);
        }
        if (condition instanceof NullTest test) {
            return values.of(test.value(), place) + (test.negated() ? " has a value" : " has no value");
        }
        if (condition instanceof InList in) {
            return inList(in, place);
        }
        if (condition instanceof InQuery in) {
            return values.of(in.value(), place) + not(in.negated(), " is", " among ") + subqueries.values(in.query());
        }
        if (condition instanceof Exists exists) {
            return "there is a row in " + subqueries.rows(exists.query());
        }
        if (condition instanceof Unary unary && unary.operator().equals("NOT")) {
            return negation(unary.operand(), place);
        }
        return values.of(condition, place) + " is true";
    }

    private String negation(Expression operand, Place place) {
        return operand instanceof Exists exists
                ? "there is no row in " + subqueries.rows(exists.query())
                : "it isn't so that " + inParentheses(operand, place);
    }

    private static String not(boolean negated, String verb, String rest) {
        return verb + (negated ? " not" : "") + rest;
    }

    private String inList(InList in, Place place) {
        String value = values.of(in.value(), place);
        List<String> items = values.operands(in.items(), place);
        if (items.isEmpty()) {
            return value + (in.negated() ? " is anything" : " is one of no values");
        }
        return value + (in.negated() ? " is none of " : " is one of ") + Lists.or(items);
    }

    private String equality(Binary binary, Place place) {
        boolean same = binary.operator().equals("=");
        Expression right = binary.right();
        boolean withRow = (right instanceof ColumnName name && !name.doubleQuoted()) || right instanceof Subquery;
        String verb = withRow ? (same ? " equals " : " differs from ") : (same ? " is " : " is not ");
        return values.of(binary.left(), place) + verb + values.operand(right, place);
    }

    /** {@code a and b}, {@code a or b}; what is of the other kind inside stands in parentheses. */
    private String chain(Binary last, Place place) {
        List<String> parts = new ArrayList<>();
        Deque<Expression> open = new ArrayDeque<>(List.of(last));
        while (!open.isEmpty()) {
            Expression next = open.pop();
            if (next instanceof Binary binary && binary.operator().equals(last.operator())) {
                open.push(binary.right());
                open.push(binary.left());
            } else {
                // Where a query inside ends would be unclear without parentheses.
                boolean closed = (next instanceof Binary binary && isAndOr(binary))
                        || !Queries.inside(next).isEmpty();
                parts.add(closed ? inParentheses(next, place) : of(next, place));
            }
        }
        String word = last.operator().equals("AND") ? " and " : " or ";
        return String.join(word, parts);
    }

    private String inParentheses(Expression condition, Place place) {
        return "(" + of(condition, place) + ")";
    }

    private String like(Like like, Place place) {
        String value = values.of(like.value(), place);
        String pattern = values.operand(like.pattern(), place);
        boolean plain = like.operator().equals("LIKE") && like.escape() == null && isText(like.pattern());
        if (plain && pattern.indexOf('_') < 0) {
            String text = pattern.substring(1, pattern.length() - 1);
            boolean begins = text.endsWith("%");
            boolean ends = text.startsWith("%") && text.length() > 1;
            String core = text.substring(ends ? 1 : 0, text.length() - (begins ? 1 : 0));
            if (!core.isEmpty() && core.indexOf('%') < 0) {
                return value + " " + verb(begins, ends, like.negated()) + " " + SourceNames.quoted(core);
            }
        }
        String escape = like.escape() == null ? "" : " (with the escape " + values.of(like.escape(), place) + ")";
        String kind = like.operator().equals("LIKE") ? "" : like.operator() + " ";
        return value + (like.negated() ? " doesn't match the " : " matches the ") + kind + "pattern " + pattern
                + escape;
    }

    private static boolean isText(Expression pattern) {
        return pattern instanceof TextLiteral || (pattern instanceof ColumnName name && name.doubleQuoted());
    }

    private static String verb(boolean begins, boolean ends, boolean negated) {
        if (begins && ends) {
            return negated ? "doesn't contain" : "contains";
        }
        if (begins) {
            return negated ? "doesn't begin with" : "begins with";
        }
        if (ends) {
            return negated ? "doesn't end with" : "ends with";
        }
        return negated ? "is not, in any case," : "is, in any case,";
    }
}

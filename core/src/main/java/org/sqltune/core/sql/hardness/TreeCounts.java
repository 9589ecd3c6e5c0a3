package org.sqltune.core.sql.hardness;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.syntax.Expression;
import org.sqltune.core.sql.syntax.Expression.Between;
import org.sqltune.core.sql.syntax.Expression.Binary;
import org.sqltune.core.sql.syntax.Expression.Call;
import org.sqltune.core.sql.syntax.Expression.InList;
import org.sqltune.core.sql.syntax.Expression.InQuery;
import org.sqltune.core.sql.syntax.Expression.Like;
import org.sqltune.core.sql.syntax.Expression.NullTest;
import org.sqltune.core.sql.syntax.Expression.Unary;
import org.sqltune.core.sql.syntax.Queries;
import org.sqltune.core.sql.syntax.Query;
import org.sqltune.core.sql.syntax.Query.Body;
import org.sqltune.core.sql.syntax.Query.Column;
import org.sqltune.core.sql.syntax.Query.Select;
import org.sqltune.core.sql.syntax.Trees;

/** What makes a query hard, counted on its tree. Parentheses around conditions change nothing. */
final class TreeCounts {
    private static final Set<String> AGGREGATES = Set.of("count", "sum", "avg", "min", "max");

    private TreeCounts() {}

    static QueryHardness grade(Query query) {
        List<Body> members = Queries.members(query.body());
        if (!(members.get(0) instanceof Select select)) {
            return QueryHardness.EASY;
        }
        boolean alone = members.size() == 1;
        List<Expression> conditions = conditions(select);
        int clauses = one(select.where() != null)
                + one(!select.groupBy().isEmpty())
                + one(alone && !query.orderBy().isEmpty())
                + one(alone && query.limit() != null)
                + Math.max(0, Queries.sources(select.from()).size() - 1)
                + sum(conditions, TreeCounts::orsAndLikes);
        int nested = one(!alone) + nested(select.where()) + nested(select.having());
        int others = one(aggregates(query, select, alone) > 1)
                + one(select.results().size() > 1)
                + one(leaves(select.where()).size() > 1)
                + one(select.groupBy().size() > 1);
        return QueryHardness.of(clauses, others, nested);
    }

    /** The conditions of joins, WHERE and HAVING. */
    private static List<Expression> conditions(Select select) {
        List<Expression> conditions = new ArrayList<>(Queries.conditions(select.from()));
        if (select.where() != null) {
            conditions.add(select.where());
        }
        if (select.having() != null) {
            conditions.add(select.having());
        }
        return conditions;
    }

    private static int orsAndLikes(Expression condition) {
        List<Expression> ors = new ArrayList<>();
        Trees.visit(condition, each -> {
            if (each instanceof Binary binary && binary.operator().equals("OR")) {
                ors.add(each);
            }
        });
        return ors.size() + sum(leaves(condition), leaf -> one(leaf instanceof Like));
    }

    private static int nested(@Nullable Expression condition) {
        return condition == null ? 0 : Queries.inside(condition).size();
    }

    /** What AND and OR join. */
    private static List<Expression> leaves(@Nullable Expression condition) {
        List<Expression> leaves = new ArrayList<>();
        Deque<Expression> open = new ArrayDeque<>();
        if (condition != null) {
            open.push(condition);
        }
        while (!open.isEmpty()) {
            Expression next = open.pop();
            if (isConnective(next)) {
                open.push(((Binary) next).right());
                open.push(((Binary) next).left());
            } else {
                leaves.add(next);
            }
        }
        return leaves;
    }

    /** The official code takes NOT in a condition, and what joins conditions on groups, for an aggregate. */
    private static int aggregates(Query query, Select select, boolean alone) {
        List<Expression> written = new ArrayList<>(select.groupBy());
        select.results().forEach(result -> {
            if (result instanceof Column column) {
                written.add(column.value());
            }
        });
        if (alone) {
            query.orderBy().forEach(term -> written.add(term.value()));
        }
        return sum(written, TreeCounts::outermostAggregates)
                + negated(select.where())
                + negated(select.having())
                + Math.max(0, leaves(select.having()).size() - 1);
    }

    /** Aggregates that no other function stands around. */
    private static int outermostAggregates(Expression expression) {
        if (expression instanceof Call call) {
            return AGGREGATES.contains(call.name()) ? 1 : 0;
        }
        return sum(Trees.children(expression), TreeCounts::outermostAggregates);
    }

    private static int negated(@Nullable Expression condition) {
        return sum(leaves(condition), leaf -> one(isNegated(leaf)));
    }

    private static int sum(List<Expression> expressions, ToIntFunction<Expression> count) {
        int sum = 0;
        for (Expression each : expressions) {
            sum += count.applyAsInt(each);
        }
        return sum;
    }

    private static boolean isNegated(Expression condition) {
        return (condition instanceof Unary unary && unary.operator().equals("NOT"))
                || (condition instanceof Like like && like.negated())
                || (condition instanceof Between between && between.negated())
                || (condition instanceof InList in && in.negated())
                || (condition instanceof InQuery query && query.negated())
                || (condition instanceof NullTest test && test.negated())
                || (condition instanceof Binary binary && binary.operator().equals("IS NOT"));
    }

    private static boolean isConnective(Expression expression) {
        return expression instanceof Binary binary
                && (binary.operator().equals("AND") || binary.operator().equals("OR"));
    }

    private static int one(boolean holds) {
        return holds ? 1 : 0;
    }
}

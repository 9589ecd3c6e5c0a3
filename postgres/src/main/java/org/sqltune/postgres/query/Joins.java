package org.sqltune.postgres.query;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jooq.Comparator;
import org.jooq.Condition;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.syntax.Expression;
import org.sqltune.core.sql.syntax.Expression.Binary;
import org.sqltune.core.sql.syntax.Expression.ColumnName;
import org.sqltune.core.sql.syntax.Query.Join;
import org.sqltune.core.sql.syntax.Trees;
import org.sqltune.postgres.scope.ConversionScope;
import org.sqltune.postgres.scope.ConversionScope.Found;
import org.sqltune.postgres.scope.Dependencies.Equality;
import org.sqltune.postgres.scope.Grouping;
import org.sqltune.postgres.scope.Source;
import org.sqltune.postgres.scope.Source.SourceColumn;
import org.sqltune.postgres.value.Comparisons;
import org.sqltune.postgres.value.UnsupportedSqlException;

/** Converts the joins of one FROM clause, and collects the equalities they imply. */
final class Joins {
    private final ExpressionConverter expressions;
    private final ConversionScope scope;
    private final List<Equality> equalities = new ArrayList<>();
    private final Set<String> hidden = new HashSet<>();
    private final List<Expression> later = new ArrayList<>();
    private boolean outerJoin;

    Joins(ExpressionConverter expressions, ConversionScope scope) {
        this.expressions = expressions;
        this.scope = scope;
    }

    /** Returns the pairs of columns that inner joins make equal. */
    List<Equality> equalities() {
        return equalities;
    }

    /** Returns the columns that {@code *} leaves out, by {@link Grouping#id}: a join shows a shared column once. */
    Set<String> hidden() {
        return hidden;
    }

    /** Returns conditions of inner joins that refer to later tables and therefore move to WHERE. */
    List<Expression> later() {
        if (!later.isEmpty() && outerJoin) {
            throw new UnsupportedSqlException("an outer join beside a condition on a table that follows");
        }
        return later;
    }

    /**
     * Joins the tables that were just added to the scope.
     *
     * @param begin index of the left side's first table in the scope
     * @param middle index of the right side's first table, which extends to the scope's end
     */
    Table<?> join(Join join, Table<?> left, Table<?> right, int begin, int middle) {
        int end = scope.sources().size();
        Table<?> joined = joined(join, left, right, begin, middle);
        outerJoin |= !join.kind().equals("INNER") && !join.kind().equals("CROSS");
        if (join.kind().equals("LEFT") || join.kind().equals("FULL")) {
            scope.makeNullable(middle, end);
        }
        if (join.kind().equals("RIGHT") || join.kind().equals("FULL")) {
            scope.makeNullable(begin, middle);
        }
        return joined;
    }

    private Table<?> joined(Join join, Table<?> left, Table<?> right, int begin, int middle) {
        List<String> shared = join.natural() ? shared(begin, middle) : join.using();
        if (!shared.isEmpty()) {
            return joinedOn(join, left, right, using(join, shared, begin, middle));
        }
        if (join.on() == null) {
            return join.kind().equals("INNER") || join.kind().equals("CROSS")
                    ? left.crossJoin(right)
                    : joinedOn(join, left, right, DSL.trueCondition());
        }
        boolean inner = join.kind().equals("INNER") || join.kind().equals("CROSS");
        if (inner && looksAhead(join.on())) {
            later.add(join.on());
            return left.crossJoin(right);
        }
        if (inner) {
            equalities.addAll(equalities(join.on(), scope));
        }
        return joinedOn(join, left, right, expressions.condition(join.on(), scope));
    }

    /** Returns whether the condition refers to a later table, which SQLite allows. */
    private boolean looksAhead(Expression on) {
        return Trees.find(on, ColumnName.class::isInstance)
                .map(name -> ((ColumnName) name).table())
                .anyMatch(table -> table != null && !scope.knows(table));
    }

    private static Table<?> joinedOn(Join join, Table<?> left, Table<?> right, Condition on) {
        return switch (join.kind()) {
            case "LEFT" -> left.leftJoin(right).on(on);
            case "RIGHT" -> left.rightJoin(right).on(on);
            case "FULL" -> left.fullJoin(right).on(on);
            default -> left.join(right).on(on);
        };
    }

    private List<String> shared(int begin, int middle) {
        Set<String> names = new LinkedHashSet<>();
        for (Source source : scope.sources().subList(begin, middle)) {
            for (SourceColumn column : source.columns()) {
                boolean inRight = scope
                        .sources()
                        .subList(middle, scope.sources().size())
                        .stream()
                        .anyMatch(right -> right.column(column.name()).isPresent());
                if (inRight) {
                    names.add(column.name());
                }
            }
        }
        return List.copyOf(names);
    }

    /** Writes USING as a condition, since PostgreSQL's USING would move the shared columns to the front. */
    private Condition using(Join join, List<String> shared, int begin, int middle) {
        if (join.kind().equals("RIGHT") || join.kind().equals("FULL")) {
            throw new UnsupportedSqlException(join.kind() + " JOIN with USING isn't converted");
        }
        Condition all = DSL.noCondition();
        for (String name : shared) {
            Found left = found(name, begin, middle);
            Found right = found(name, middle, scope.sources().size());
            hidden.add(Grouping.id(right.source(), right.column()));
            if (!join.kind().equals("LEFT")) {
                equalities.add(new Equality(
                        Grouping.id(left.source(), left.column()), Grouping.id(right.source(), right.column())));
            }
            all = all.and(Comparisons.compare(
                    Comparator.EQUALS,
                    left.column().value().as(ColumnNames.field(left, true)),
                    right.column().value().as(ColumnNames.field(right, true))));
        }
        return all;
    }

    private Found found(String name, int from, int to) {
        for (Source source : scope.sources().subList(from, to)) {
            Optional<SourceColumn> column = source.column(name);
            if (column.isPresent()) {
                return new Found(scope, source, column.get());
            }
        }
        throw new UnsupportedSqlException("no such column: " + name);
    }

    /** Returns the pairs of columns that are equal in every row that satisfies the condition. */
    static List<Equality> equalities(@Nullable Expression condition, ConversionScope scope) {
        List<Equality> equalities = new ArrayList<>();
        for (Expression conjunct : Trees.conjuncts(condition)) {
            if (conjunct instanceof Binary binary && binary.operator().equals("=")) {
                Optional<Found> left = ColumnNames.find(binary.left(), scope);
                Optional<Found> right = ColumnNames.find(binary.right(), scope);
                if (left.isPresent() && right.isPresent()) {
                    equalities.add(new Equality(
                            Grouping.id(left.get().source(), left.get().column()),
                            Grouping.id(right.get().source(), right.get().column())));
                }
            }
        }
        return equalities;
    }
}

package org.sqltune.evaluation.spider.grammar;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqltune.evaluation.spider.grammar.ConditionPart.Connective;
import org.sqltune.evaluation.spider.grammar.ParsedQuery.Ordering;
import org.sqltune.evaluation.spider.grammar.ParsedQuery.SelectUnit;
import org.sqltune.evaluation.spider.grammar.ParsedQuery.SetOperation;
import org.sqltune.evaluation.spider.grammar.ParsedQuery.SetOperator;
import org.sqltune.evaluation.spider.grammar.ValueUnit.ColumnUnit;

/**
 * Parses queries as {@code get_sql} of the official {@code process_sql.py} does: only {@code join … on}, only aliases
 * of tables after {@code as}, only the five aggregate functions, no outer joins, no CASE, no value lists. Ignores
 * text after a complete query.
 */
public final class QueryParser {
    static final Set<String> CLAUSE_WORDS =
            Set.of("select", "from", "where", "group", "order", "limit", "intersect", "union", "except");
    static final Set<String> END_OF_CLAUSE =
            Set.of("select", "from", "where", "group", "order", "limit", "intersect", "union", "except", ")", ";");

    /** About Python's recursion limit; no scored query comes near it. */
    private static final int MAX_DEPTH = 240;

    private final TableNames names;
    private final UnitParser units;
    private final ConditionParser conditions;
    private int depth;

    private QueryParser(TableNames names) {
        this.names = names;
        this.units = new UnitParser(names);
        this.conditions = new ConditionParser(units, this);
    }

    /**
     * Parses a query.
     *
     * @throws UnparseableQueryException if the official grammar doesn't accept it
     */
    public static ParsedQuery parse(String query, QuerySchema schema) {
        List<String> tokens = QueryTokenizer.tokens(query);
        QueryParser parser = new QueryParser(new TableNames(schema, tokens));
        return parser.query(new TokenCursor(tokens));
    }

    /** Returns a query with its set operations. */
    ParsedQuery query(TokenCursor cursor) {
        if (++depth > MAX_DEPTH) {
            throw new UnparseableQueryException("more than " + MAX_DEPTH + " queries inside each other");
        }
        int start = cursor.position();
        boolean inParentheses = cursor.passIfCurrent("(");
        int select = cursor.position();
        cursor.moveTo(start);
        FromClause from = from(cursor);
        int behindFrom = cursor.position();
        cursor.moveTo(select);
        SelectClause selected = select(cursor, from.tablesRead());
        cursor.moveTo(behindFrom);
        Condition where = cursor.passIfAt("where") ? condition(cursor, from) : Condition.NONE;
        List<ColumnUnit> groupBy = groupBy(cursor, from);
        Condition having = cursor.passIfAt("having") ? condition(cursor, from) : Condition.NONE;
        Ordering orderBy = orderBy(cursor, from);
        BigInteger limit = limit(cursor);
        passSemicolons(cursor);
        if (inParentheses) {
            cursor.expect(")");
        }
        passSemicolons(cursor);
        ParsedQuery query = new ParsedQuery(
                selected.distinct(),
                selected.units(),
                from.units(),
                new Condition(from.conditions()),
                where,
                groupBy,
                having,
                orderBy,
                limit,
                setOperation(cursor));
        depth--;
        return query;
    }

    private SelectClause select(TokenCursor cursor, List<String> tablesRead) {
        cursor.expect("select");
        boolean distinct = cursor.passIfAt("distinct");
        List<SelectUnit> entries = new ArrayList<>();
        while (!cursor.atEnd() && !cursor.isAtAny(CLAUSE_WORDS)) {
            Aggregate function = Aggregate.named(cursor.current());
            if (function != null) {
                cursor.advance();
            }
            entries.add(new SelectUnit(function == null ? Aggregate.NONE : function, units.value(cursor, tablesRead)));
            cursor.passIfAt(",");
        }
        return new SelectClause(distinct, entries);
    }

    /** Reads the next FROM clause, which may be that of a subquery in the select list. */
    private FromClause from(TokenCursor cursor) {
        cursor.moveTo(cursor.find("from") + 1);
        FromClause from = new FromClause(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        while (!cursor.atEnd()) {
            boolean inParentheses = cursor.passIfCurrent("(");
            if (cursor.current().equals("select")) {
                from.units().add(new TableUnit.Derived(query(cursor)));
            } else {
                table(cursor, from);
            }
            if (cursor.passIfAt("on")) {
                if (!from.conditions().isEmpty()) {
                    from.conditions().add(Connective.AND);
                }
                from.conditions().addAll(conditions.parts(cursor, from.tablesRead()));
            }
            if (inParentheses) {
                cursor.expect(")");
            }
            if (cursor.isAtAny(END_OF_CLAUSE)) {
                break;
            }
        }
        return from;
    }

    private void table(TokenCursor cursor, FromClause from) {
        cursor.passIfAt("join");
        String table = names.meaning(cursor.current());
        cursor.advance();
        if (cursor.passIfAt("as")) {
            cursor.advance();
        }
        from.units().add(new TableUnit.Named(names.id(table)));
        from.tablesRead().add(table);
    }

    private Condition condition(TokenCursor cursor, FromClause from) {
        return new Condition(conditions.parts(cursor, from.tablesRead()));
    }

    private List<ColumnUnit> groupBy(TokenCursor cursor, FromClause from) {
        List<ColumnUnit> columns = new ArrayList<>();
        if (cursor.passIfAt("group")) {
            cursor.expect("by");
            boolean more = true;
            while (more && !cursor.atEnd() && !cursor.isAtAny(END_OF_CLAUSE)) {
                columns.add(units.column(cursor, from.tablesRead()));
                more = cursor.passIfAt(",");
            }
        }
        return columns;
    }

    private @Nullable Ordering orderBy(TokenCursor cursor, FromClause from) {
        if (!cursor.passIfAt("order")) {
            return null;
        }
        cursor.expect("by");
        List<ValueUnit> keys = new ArrayList<>();
        boolean descending = false;
        boolean more = true;
        while (more && !cursor.atEnd() && !cursor.isAtAny(END_OF_CLAUSE)) {
            keys.add(units.value(cursor, from.tablesRead()));
            if (cursor.isAt("asc") || cursor.isAt("desc")) {
                descending = cursor.isAt("desc");
                cursor.advance();
            }
            more = cursor.passIfAt(",");
        }
        return new Ordering(descending, keys);
    }

    private static @Nullable BigInteger limit(TokenCursor cursor) {
        if (!cursor.passIfAt("limit")) {
            return null;
        }
        BigInteger limit = PythonText.parseInteger(cursor.current());
        if (limit == null) {
            throw new UnparseableQueryException("a limit of " + cursor.current());
        }
        cursor.advance();
        return limit;
    }

    private static void passSemicolons(TokenCursor cursor) {
        while (cursor.isAt(";")) {
            cursor.advance();
        }
    }

    private @Nullable SetOperation setOperation(TokenCursor cursor) {
        SetOperator operator = cursor.atEnd() ? null : SetOperator.written(cursor.current());
        if (operator == null) {
            return null;
        }
        cursor.advance();
        return new SetOperation(operator, query(cursor));
    }

    private record SelectClause(boolean distinct, List<SelectUnit> units) {}

    /**
     * A FROM clause under construction.
     *
     * @param units the tables and subqueries
     * @param conditions the conditions of all joins
     * @param tablesRead the tables in which unqualified columns are looked up, in order
     */
    private record FromClause(List<TableUnit> units, List<ConditionPart> conditions, List<String> tablesRead) {}
}

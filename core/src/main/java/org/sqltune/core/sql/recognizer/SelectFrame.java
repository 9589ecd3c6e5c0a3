package org.sqltune.core.sql.recognizer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.recognizer.Scope.Phase;
import org.sqltune.core.sql.recognizer.name.Columns;
import org.sqltune.core.sql.recognizer.name.NameTries;

/**
 * A query from its first SELECT on: the select list, what follows FROM, set operations, ORDER BY and LIMIT.
 *
 * @param column what the entry that was just written is called by itself; null if nothing
 * @param terms of GROUP BY or ORDER BY, so far
 * @param grouped whether it has GROUP BY
 */
record SelectFrame(Step step, Query query, @Nullable String column, int terms, boolean grouped, Frame parent)
        implements Frame {
    /** Entries of a select list; people write up to 22. */
    private static final int MOST_RESULTS = 32;

    /** Terms of ORDER BY or GROUP BY; people write up to 10. */
    private static final int MOST_TERMS = 12;

    /** SELECTs of a set operation; people write up to 6. */
    private static final int MOST_MEMBERS = 8;

    /** Bytes of a column's alias; people write up to 58. */
    private static final int LONGEST_ALIAS = 64;

    /** What comes next. */
    enum Step {
        /** DISTINCT, or an entry of the select list. */
        FIRST,
        RESULT,
        /** AS, a comma, FROM, or the end. */
        AFTER_RESULT,
        ALIAS,
        /** A comma, FROM, or the end. */
        AFTER_ALIAS,
        AFTER_FROM,
        AFTER_WHERE,
        /** BY behind GROUP. */
        GROUP,
        GROUP_TERM,
        AFTER_GROUP_TERM,
        AFTER_HAVING,
        /** ALL or SELECT behind UNION. */
        UNION,
        /** SELECT. */
        MEMBER,
        /** BY behind ORDER. */
        ORDER,
        ORDER_TERM,
        AFTER_ORDER_TERM,
        AFTER_DIRECTION,
        LIMIT,
        AFTER_LIMIT,
        OFFSET,
        END
    }

    /**
     * What all SELECTs of a query have in common.
     *
     * @param width how many columns it must have; 0 if that is free
     * @param depth how deep it is nested
     * @param members SELECTs before this one
     * @param columns those of the first SELECT; null until it is whole
     * @param orderable the columns that ORDER BY can name behind set operations
     * @param around the FROM that the query stands in; null if it stands elsewhere
     */
    record Query(
            int width,
            int depth,
            int members,
            @Nullable Columns columns,
            Set<String> orderable,
            @Nullable Scope around) {}

    /** A query in an expression, which sees what is around it. */
    static Parse inside(Parse at, int width, int depth, Frame parent) {
        Query query = new Query(width, depth, 0, null, Set.of(), null);
        return at.with(
                new SelectFrame(Step.FIRST, query, null, 0, false, parent),
                Scope.begin(at.scope(), at.scope().named(), SourcePlan.MOST_READ));
    }

    /** A query in FROM or WITH, or around all others, which sees nothing around it. */
    static Parse alone(
            Parse at, int depth, Map<String, Columns> named, int room, @Nullable Scope around, Frame parent) {
        Query query = new Query(0, depth, 0, null, Set.of(), around);
        return at.with(new SelectFrame(Step.FIRST, query, null, 0, false, parent), Scope.begin(null, named, room));
    }

    /** Back in the expression that the query stood in. */
    static Parse leave(Parse at, Frame frame) {
        Scope outer = at.scope().outer();
        if (outer == null) {
            throw new IllegalStateException("the query stands in no other");
        }
        return at.with(frame, outer);
    }

    private SelectFrame to(Step next) {
        return new SelectFrame(next, query, null, terms, grouped, parent);
    }

    /** At another term of GROUP BY or ORDER BY. */
    private Parse term(Parse at, Step next, int before) {
        return at.with(new SelectFrame(next, query, null, before + 1, grouped || next == Step.GROUP_TERM, parent));
    }

    private boolean takesTerm() {
        return terms < MOST_TERMS;
    }

    private Parse expression(Parse at, Context context, Step after) {
        return at.with(ExpressionFrame.start(context, to(after)), at.scope().unmarked());
    }

    private Parse result(Parse at) {
        ExpressionFrame start = ExpressionFrame.start(Context.results(query.depth()), to(Step.AFTER_RESULT));
        return at.with(takesAnyStar(at) ? start.fittingStar() : start);
    }

    private Parse groupTerm(Parse at) {
        return expression(at, Context.groupBy(query.depth()), Step.AFTER_GROUP_TERM);
    }

    private boolean takesAggregates(Parse at) {
        return grouped || at.scope().outputs().stream().anyMatch(Scope.Output::aggregate);
    }

    private Parse orderTerm(Parse at) {
        return expression(at, Context.orderBy(query.depth(), takesAggregates(at)), Step.AFTER_ORDER_TERM);
    }

    private boolean takesAnyStar(Parse at) {
        boolean unnamed = query.around() == null || query.around().loose().isEmpty();
        return query.width() == 0 && unnamed && at.names().hasTables();
    }

    /** Whether a bare star can stand here; where the number of columns is given, it stands for one table's. */
    private boolean takesStar(Parse at) {
        if (query.width() == 0) {
            return takesAnyStar(at);
        }
        return at.scope().outputs().isEmpty() && (at.names().takesAny() || hasTableOf(at, query.width()));
    }

    private static boolean hasTableOf(Parse at, int width) {
        return at.names().tables().values().stream().anyMatch(table -> table.count() == width);
    }

    @Override
    public void expect(Parse at, Expectation expectation) {
        switch (step) {
            case FIRST, RESULT -> expectResult(at, expectation);
            case AFTER_RESULT -> {
                Parse plain = withOutput(at, column, false);
                if (plain != null) {
                    plain.expect(expectation);
                }
                expectation.keywordToEnd("as");
            }
            case ALIAS -> {
                expectation.freeName(LONGEST_ALIAS);
                String alias = freeAlias(at);
                expectation.prefer(Terminal.name(alias), alias);
            }
            case AFTER_ALIAS -> expectAfterResults(at, expectation);
            case AFTER_FROM, AFTER_WHERE, AFTER_HAVING -> expectAfterClause(at, expectation);
            case AFTER_GROUP_TERM -> {
                expectTail(at, expectation);
                expectation.keywords("having");
                expectComma(expectation);
            }
            case GROUP, ORDER -> {
                expectation.keywordToEnd("by");
            }
            case GROUP_TERM -> {
                if (canGroupByNumber(at)) {
                    expectInteger(expectation, at.scope().outputNames().size());
                }
                groupTerm(at).expect(expectation);
            }
            case UNION, MEMBER -> {
                expectation.keywordToEnd("select");
                if (step == Step.UNION) {
                    expectation.keywords("all");
                }
            }
            case ORDER_TERM -> {
                expectInteger(expectation, width(at));
                if (query.members() > 0) {
                    expectation.names(query.orderable());
                    if (at.names().takesAny()) {
                        expectation.anyName("c1");
                    }
                } else {
                    orderTerm(at).expect(expectation);
                }
            }
            case AFTER_ORDER_TERM, AFTER_DIRECTION -> {
                end(at).expect(expectation);
                expectComma(expectation);
                expectation.keywords("limit");
                if (step == Step.AFTER_ORDER_TERM) {
                    expectation.keywords("asc", "desc");
                }
            }
            case LIMIT, OFFSET -> expectInteger(expectation, Integer.MAX_VALUE);
            case AFTER_LIMIT -> {
                end(at).expect(expectation);
                expectation.keywords("offset");
                expectation.symbol(",");
            }
            case END -> end(at).expect(expectation);
        }
    }

    private void expectComma(Expectation expectation) {
        if (takesTerm()) {
            expectation.symbol(",");
        }
    }

    private static void expectInteger(Expectation expectation, int largest) {
        expectation.integer(largest);
        expectation.prefer(Terminal.INTEGER, "1");
    }

    private void expectResult(Parse at, Expectation expectation) {
        if (step == Step.FIRST) {
            expectation.keywords("distinct", "all");
        }
        if (takesStar(at)) {
            expectation.symbol("*");
        }
        result(at).expect(expectation);
    }

    private void expectAfterResults(Parse at, Expectation expectation) {
        Scope scope = at.scope();
        if (canEndWithoutFrom(scope)) {
            expectTail(at, expectation);
        }
        if (takesMoreResults(scope)) {
            expectation.symbol(",");
            if (scope.outputs().size() < query.width()) {
                expectation.preferSymbol(",");
            }
        }
        if (canBeginFrom(at)) {
            expectation.keywordToEnd("from");
        }
    }

    private boolean isWide(Scope scope) {
        return query.width() == 0 || scope.outputs().size() == query.width() || scope.width() > 0;
    }

    private boolean canEndWithoutFrom(Scope scope) {
        return !scope.hasObligations() && isWide(scope);
    }

    private boolean takesMoreResults(Scope scope) {
        int most = query.width() == 0 ? MOST_RESULTS : query.width();
        return scope.width() == 0 && scope.outputs().size() < most;
    }

    private boolean canBeginFrom(Parse at) {
        return isWide(at.scope()) && at.names().hasTables();
    }

    private void expectAfterClause(Parse at, Expectation expectation) {
        expectTail(at, expectation);
        if (step == Step.AFTER_FROM) {
            expectation.keywords("where");
        }
        if (step != Step.AFTER_HAVING) {
            expectation.keywords("group");
        }
    }

    private boolean takesMember(Parse at) {
        return query.members() + 1 < MOST_MEMBERS && width(at) > 0;
    }

    private void expectTail(Parse at, Expectation expectation) {
        end(at).expect(expectation);
        expectation.keywords("order", "limit");
        if (takesMember(at)) {
            expectation.keywords("union", "intersect", "except");
        }
    }

    private int width(Parse at) {
        return columns(at).count();
    }

    private Columns columns(Parse at) {
        Columns first = query.columns();
        int reads = at.scope().reads();
        return first == null ? Columns.of(at.scope().outputNames(), reads) : first.reading(reads);
    }

    private Parse end(Parse at) {
        return parent.afterQuery(at, columns(at));
    }

    private static boolean canGroupByNumber(Parse at) {
        return at.scope().outputs().stream().noneMatch(output -> output.aggregate() || output.window());
    }

    /** With the entry that was just written; null if the FROM around the query can't take a column of that name. */
    private @Nullable Parse withOutput(Parse at, @Nullable String name, boolean alias) {
        Scope scope = at.scope();
        Scope more = scope.withOutput(new Scope.Output(name, alias, scope.aggregate(), scope.window(), null));
        return fits(at, more) ? at.with(to(Step.AFTER_ALIAS), more) : null;
    }

    private boolean fits(Parse at, Scope scope) {
        Scope around = query.around();
        if (around == null || query.members() > 0) {
            return true;
        }
        Columns columns = Columns.of(scope.outputNames(), scope.room());
        return SourcePlan.find(at.names(), around.withSource(new Scope.Source("", columns))) != null;
    }

    private String freeAlias(Parse at) {
        for (int number = 1; number < 1000; number++) {
            String alias = "c" + number;
            if (withOutput(at, alias, true) != null) {
                return alias;
            }
        }
        throw new IllegalStateException("no alias fits at " + at);
    }

    /** Behind a star, whose qualifier is empty if it has none. */
    Parse afterStar(Parse at, String qualifier) {
        return at.with(to(Step.AFTER_ALIAS), at.scope().withOutput(Scope.Output.ofStar(qualifier)));
    }

    /** Behind FROM's last source. */
    Parse afterFrom(Parse at) {
        return at.with(to(Step.AFTER_FROM), at.scope().in(Phase.CLAUSES));
    }

    @Override
    public @Nullable Parse after(Parse at, Terminal terminal) {
        return switch (step) {
            case FIRST, RESULT -> afterResult(at, terminal);
            case AFTER_RESULT -> {
                if (terminal.isKeyword("as")) {
                    yield at.with(new SelectFrame(Step.ALIAS, query, column, terms, grouped, parent));
                }
                Parse plain = withOutput(at, column, false);
                yield plain == null ? null : plain.after(terminal);
            }
            case ALIAS -> {
                boolean name = terminal.kind() == Terminal.Kind.QUOTED_NAME
                        || (terminal.kind() == Terminal.Kind.NAME && NameTries.readsBare(terminal.text()));
                yield name ? withOutput(at, terminal.text(), true) : null;
            }
            case AFTER_ALIAS -> afterResults(at, terminal);
            case AFTER_FROM, AFTER_WHERE, AFTER_HAVING -> afterClause(at, terminal);
            case AFTER_GROUP_TERM -> {
                if (terminal.isSymbol(",") && takesTerm()) {
                    yield term(at, Step.GROUP_TERM, terms);
                }
                yield terminal.isKeyword("having")
                        ? expression(at, Context.having(query.depth()), Step.AFTER_HAVING)
                        : afterTail(at, terminal);
            }
            case GROUP -> terminal.isKeyword("by") ? term(at, Step.GROUP_TERM, 0) : null;
            case ORDER -> terminal.isKeyword("by") ? term(at, Step.ORDER_TERM, 0) : null;
            case GROUP_TERM -> {
                if (terminal.kind() == Terminal.Kind.INTEGER) {
                    yield canGroupByNumber(at) ? at.with(to(Step.AFTER_GROUP_TERM)) : null;
                }
                yield groupTerm(at).after(terminal);
            }
            case UNION, MEMBER -> {
                if (terminal.isKeyword("all") && step == Step.UNION) {
                    yield at.with(to(Step.MEMBER));
                }
                yield terminal.isKeyword("select") ? at.with(to(Step.FIRST)) : null;
            }
            case ORDER_TERM -> afterOrderTerm(at, terminal);
            case AFTER_ORDER_TERM, AFTER_DIRECTION -> {
                if (terminal.isSymbol(",") && takesTerm()) {
                    yield term(at, Step.ORDER_TERM, terms);
                }
                boolean direction = terminal.isKeyword("asc") || terminal.isKeyword("desc");
                if (direction && step == Step.AFTER_ORDER_TERM) {
                    yield at.with(to(Step.AFTER_DIRECTION));
                }
                yield terminal.isKeyword("limit") ? at.with(to(Step.LIMIT)) : end(at).after(terminal);
            }
            case LIMIT -> terminal.kind() == Terminal.Kind.INTEGER ? at.with(to(Step.AFTER_LIMIT)) : null;
            case AFTER_LIMIT ->
                terminal.isKeyword("offset") || terminal.isSymbol(",")
                        ? at.with(to(Step.OFFSET))
                        : end(at).after(terminal);
            case OFFSET -> terminal.kind() == Terminal.Kind.INTEGER ? at.with(to(Step.END)) : null;
            case END -> end(at).after(terminal);
        };
    }

    private @Nullable Parse afterResult(Parse at, Terminal terminal) {
        if (step == Step.FIRST && (terminal.isKeyword("distinct") || terminal.isKeyword("all"))) {
            return at.with(to(Step.RESULT));
        }
        if (terminal.isSymbol("*")) {
            return takesStar(at) ? afterStar(at.with(this, at.scope().withStar(query.width())), "") : null;
        }
        return result(at).after(terminal);
    }

    private @Nullable Parse afterResults(Parse at, Terminal terminal) {
        Scope scope = at.scope();
        if (terminal.isSymbol(",") && takesMoreResults(scope)) {
            return at.with(to(Step.RESULT));
        }
        if (terminal.isKeyword("from") && canBeginFrom(at)) {
            return at.with(new FromFrame(FromFrame.Step.ITEM, null, false, null, this), scope.in(Phase.FROM));
        }
        return canEndWithoutFrom(scope) ? afterTail(at, terminal) : null;
    }

    private @Nullable Parse afterClause(Parse at, Terminal terminal) {
        if (terminal.isKeyword("where") && step == Step.AFTER_FROM) {
            return expression(at, Context.where(query.depth()), Step.AFTER_WHERE);
        }
        if (terminal.isKeyword("group") && step != Step.AFTER_HAVING) {
            return at.with(to(Step.GROUP));
        }
        return afterTail(at, terminal);
    }

    private @Nullable Parse afterTail(Parse at, Terminal terminal) {
        boolean union = terminal.isKeyword("union");
        if ((union || terminal.isKeyword("intersect") || terminal.isKeyword("except")) && takesMember(at)) {
            return member(at, union ? Step.UNION : Step.MEMBER);
        }
        if (terminal.isKeyword("order")) {
            return at.with(to(Step.ORDER), at.scope().in(Phase.CLAUSES));
        }
        return terminal.isKeyword("limit") ? at.with(to(Step.LIMIT)) : end(at).after(terminal);
    }

    private Parse member(Parse at, Step next) {
        Columns columns = columns(at);
        Set<String> orderable = query.columns() == null ? orderable(at.scope()) : query.orderable();
        Query more = new Query(columns.count(), query.depth(), query.members() + 1, columns, orderable, query.around());
        Scope scope = at.scope();
        return at.with(
                new SelectFrame(next, more, null, 0, false, parent),
                Scope.begin(scope.outer(), scope.named(), scope.room()));
    }

    /** Aliases, and columns that have one meaning. */
    private static Set<String> orderable(Scope scope) {
        Map<String, Integer> counts = scope.columnCounts();
        List<@Nullable String> outputs = scope.outputNames();
        Set<String> names = new TreeSet<>();
        for (Scope.Output output : scope.outputs()) {
            String name = output.name();
            if (name != null && (output.alias() || counts.getOrDefault(name, 0) == 1)) {
                names.add(name);
            }
        }
        names.removeIf(
                name -> new ArrayList<>(outputs).stream().filter(name::equals).count() > 1);
        return names;
    }

    private @Nullable Parse afterOrderTerm(Parse at, Terminal terminal) {
        if (terminal.kind() == Terminal.Kind.INTEGER) {
            return at.with(to(Step.AFTER_ORDER_TERM));
        }
        if (query.members() > 0) {
            return terminal.isName()
                            && (at.names().takesAny() || query.orderable().contains(terminal.text()))
                    ? at.with(to(Step.AFTER_ORDER_TERM))
                    : null;
        }
        return orderTerm(at).after(terminal);
    }

    @Override
    public Parse afterExpression(Parse at, @Nullable String name) {
        return at.with(new SelectFrame(step, query, name, terms, grouped, parent));
    }
}

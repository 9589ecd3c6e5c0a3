package org.sqltune.core.sql.recognizer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.recognizer.name.Columns;
import org.sqltune.core.sql.recognizer.name.NameTries;

/**
 * What stands behind FROM.
 *
 * @param pending a table or query that may still get an alias; called by its own name
 * @param on whether ON may follow
 * @param saved the names as they were before a query began here; null where none has
 */
record FromFrame(
        Step step,
        Scope.@Nullable Source pending,
        boolean on,
        @Nullable Scope saved,
        SelectFrame parent) implements Frame {
    /** How often one FROM reads the same table at most, unless the select list has asked for more. */
    private static final int MOST_OF_ONE_TABLE = 4;

    private static final int DEEPEST_QUERY = 6;

    /** Bytes of a table's alias. */
    private static final int LONGEST_ALIAS = 24;

    /** What comes next. */
    enum Step {
        /** A table or a query. */
        ITEM,
        /** A query's SELECT. */
        QUERY,
        /** A query's closing parenthesis. */
        AFTER_QUERY,
        /** An alias, or what follows an item. */
        AFTER_ITEM,
        ALIAS,
        /** A comma, JOIN, ON or the end. */
        NEXT,
        /** OUTER or JOIN. */
        LEFT,
        /** JOIN. */
        JOIN
    }

    /** All that decides which tables fit. */
    private record Question(
            List<Scope.Source> sources,
            SortedMap<String, SortedSet<String>> qualified,
            SortedSet<String> loose,
            int width,
            Map<String, Columns> named,
            int room) {}

    private FromFrame to(Step next) {
        return new FromFrame(next, pending, on, saved, parent);
    }

    private static boolean fits(Parse at, Scope.Source source) {
        Scope scope = at.scope();
        boolean taken = !source.calledBy().isEmpty() && scope.source(source.calledBy()) != null;
        boolean wide = scope.width() == 0 || scope.width() == source.columns().count();
        return !taken && wide && SourcePlan.find(at.names(), scope.withSource(source)) != null;
    }

    private static boolean isOftenThere(Parse at, Columns columns) {
        return at.scope().sources().stream()
                        .filter(source -> source.columns().equals(columns))
                        .count()
                >= MOST_OF_ONE_TABLE;
    }

    private static String fresh(Parse at) {
        Scope scope = at.scope();
        return SourcePlan.fresh(at.names(), scope.named(), scope.sources(), scope.qualified());
    }

    /** The aliases that the select list has used for a source like this. */
    private static List<String> openAliases(Parse at, Columns columns) {
        List<String> aliases = new ArrayList<>();
        for (String qualifier : at.scope().qualified().keySet()) {
            if (fits(at, new Scope.Source(qualifier, columns))) {
                aliases.add(qualifier);
            }
        }
        return aliases;
    }

    private static boolean fitsSomehow(Parse at, String name, Columns columns) {
        boolean asOther = !isOftenThere(at, columns)
                && (fits(at, new Scope.Source(name, columns)) || fits(at, new Scope.Source(fresh(at), columns)));
        return asOther || !openAliases(at, columns).isEmpty();
    }

    private static TreeSet<String> tables(Parse at) {
        Scope scope = at.scope();
        Question question = new Question(
                scope.sources(), scope.qualified(), scope.loose(), scope.width(), scope.named(), scope.room());
        return at.names().remembered(question, () -> {
            TreeSet<String> all = new TreeSet<>(at.names().tables().keySet());
            all.addAll(scope.named().keySet());
            boolean free = scope.qualified().isEmpty()
                    && scope.loose().isEmpty()
                    && scope.width() == 0
                    && scope.sources().size() < MOST_OF_ONE_TABLE
                    && scope.room() - scope.reads() >= SourcePlan.MOST_READ_INSIDE;
            if (!free) {
                all.removeIf(table -> !fitsSomehow(at, table, columns(at, table)));
            }
            return all;
        });
    }

    /** Whether a name can stand where a table does. */
    private static boolean takesTable(Parse at, Terminal terminal) {
        if (!terminal.isName()) {
            return false;
        }
        boolean readable = terminal.kind() == Terminal.Kind.QUOTED_NAME || NameTries.readsBare(terminal.text());
        return at.names().takesAny() ? readable && takesTables(at) : tables(at).contains(terminal.text());
    }

    private static boolean takesTables(Parse at) {
        return at.names().takesAny()
                ? fits(at, new Scope.Source(fresh(at), columns(at, "")))
                : !tables(at).isEmpty();
    }

    /** Of a database that isn't known, as many as are asked for, so that a star stands for as many as it has to. */
    private static Columns columns(Parse at, String table) {
        if (at.names().takesAny()) {
            return new Columns(Math.max(1, at.scope().width()), Set.of(), 1);
        }
        Columns query = at.scope().named().get(table);
        return query != null ? query : at.names().tables().getOrDefault(table, Columns.of(List.of(), 1));
    }

    private boolean takesQuery(Parse at) {
        return parent.query().depth() < DEEPEST_QUERY && at.scope().width() == 0 && roomInside(at) > 0;
    }

    /** How many tables a query here may read, so that what the select list has asked for can still be added. */
    private static int roomInside(Parse at) {
        List<SourcePlan.Addition> plan = SourcePlan.find(at.names(), at.scope());
        if (plan == null) {
            return 0;
        }
        int planned =
                plan.stream().mapToInt(addition -> addition.columns().reads()).sum();
        int room = Math.min(
                SourcePlan.MOST_READ_INSIDE, at.scope().room() - at.scope().reads() - planned);
        return room > 0 && fits(at, new Scope.Source("", Columns.of(List.of(), room))) ? room : 0;
    }

    @Override
    public void expect(Parse at, Expectation expectation) {
        switch (step) {
            case ITEM -> expectItem(at, expectation);
            case QUERY -> {
                expectation.keywordToEnd("select");
            }
            case AFTER_QUERY -> {
                expectation.symbolToEnd(")");
            }
            case AFTER_ITEM -> expectAlias(at, expectation);
            case ALIAS -> {
                List<String> open = openAliases(at, source().columns());
                String alias = open.isEmpty() ? fresh(at) : open.get(0);
                expectation.aliases(open);
                if (fits(at, new Scope.Source(fresh(at), source().columns()))) {
                    expectation.freeName(LONGEST_ALIAS);
                }
                boolean bare = NameTries.readsBare(alias);
                expectation.prefer(
                        bare ? Terminal.name(alias) : Terminal.quoted(alias),
                        bare ? alias : '"' + alias.replace("\"", "\"\"") + '"');
            }
            case NEXT -> expectNext(at, expectation);
            case LEFT -> {
                expectation.keywords("outer", "join");
                expectation.preferKeyword("join");
            }
            case JOIN -> {
                expectation.keywordToEnd("join");
            }
        }
    }

    private void expectItem(Parse at, Expectation expectation) {
        if (takesQuery(at)) {
            expectation.symbol("(");
        }
        if (at.names().takesAny()) {
            if (takesTables(at)) {
                expectation.anyName("t");
            }
            return;
        }
        TreeSet<String> tables = tables(at);
        List<String> known = new ArrayList<>(tables);
        known.retainAll(at.names().tables().keySet());
        expectation.sources(known);
        TreeSet<String> queries = new TreeSet<>(tables);
        queries.removeAll(known);
        expectation.names(queries);
        List<SourcePlan.Addition> plan = SourcePlan.find(at.names(), at.scope());
        String table = plan == null || plan.isEmpty()
                ? tables.stream()
                        .min((one, other) -> Integer.compare(one.length(), other.length()))
                        .orElse("")
                : plan.get(0).table();
        boolean bare = NameTries.readsBare(table);
        if (!table.isEmpty()) {
            expectation.prefer(
                    bare ? Terminal.name(table) : Terminal.quoted(table),
                    bare ? table : '"' + table.replace("\"", "\"\"") + '"');
        }
    }

    private Scope.Source source() {
        if (pending == null) {
            throw new IllegalStateException("no table came before");
        }
        return pending;
    }

    private void expectAlias(Parse at, Expectation expectation) {
        List<String> open = openAliases(at, source().columns());
        boolean fresh = fits(at, new Scope.Source(fresh(at), source().columns()));
        if (!open.isEmpty()) {
            expectation.preferKeyword("as");
            expectation.aliases(open);
        }
        if (fits(at, source())) {
            without(at).expect(expectation);
        }
        if (fresh) {
            expectation.earlyAlias();
        }
        if (fresh || !open.isEmpty()) {
            expectation.keywordToEnd("as");
        }
    }

    private Parse without(Parse at) {
        return at.with(
                new FromFrame(Step.NEXT, null, on, null, parent), at.scope().withSource(source()));
    }

    private void expectNext(Parse at, Expectation expectation) {
        if (isWhole(at)) {
            parent.afterFrom(at).expect(expectation);
        }
        if (takesMore(at)) {
            expectation.symbolToEnd(",");
            expectation.keywords("join", "inner", "left", "cross");
        }
        if (on) {
            expectation.keywords("on");
        }
    }

    private static boolean isWhole(Parse at) {
        List<SourcePlan.Addition> plan = SourcePlan.find(at.names(), at.scope());
        return plan != null && plan.isEmpty();
    }

    private static boolean takesMore(Parse at) {
        Scope scope = at.scope();
        boolean room = scope.sources().size() < SourcePlan.MOST_SOURCES && scope.width() == 0;
        return room && takesTables(at) || !isWhole(at);
    }

    @Override
    public @Nullable Parse after(Parse at, Terminal terminal) {
        return switch (step) {
            case ITEM -> {
                if (terminal.isSymbol("(") && takesQuery(at)) {
                    yield at.with(new FromFrame(Step.QUERY, null, on, at.scope(), parent));
                }
                yield takesTable(at, terminal)
                        ? at.with(new FromFrame(
                                Step.AFTER_ITEM,
                                new Scope.Source(terminal.text(), columns(at, terminal.text())),
                                on,
                                null,
                                parent))
                        : null;
            }
            case QUERY ->
                terminal.isKeyword("select")
                        ? SelectFrame.alone(
                                at,
                                parent.query().depth() + 2,
                                at.scope().named(),
                                roomInside(at),
                                at.scope(),
                                new FromFrame(Step.AFTER_QUERY, null, on, at.scope(), parent))
                        : null;
            case AFTER_QUERY -> terminal.isSymbol(")") ? at.with(to(Step.AFTER_ITEM)) : null;
            case AFTER_ITEM -> afterItem(at, terminal);
            case ALIAS -> terminal.isName() ? named(at, terminal) : null;
            case NEXT -> afterNext(at, terminal);
            case LEFT -> {
                if (terminal.isKeyword("outer")) {
                    yield at.with(to(Step.JOIN));
                }
                yield afterJoin(at, terminal);
            }
            case JOIN -> afterJoin(at, terminal);
        };
    }

    private @Nullable Parse afterItem(Parse at, Terminal terminal) {
        if (terminal.isKeyword("as")) {
            boolean fresh = fits(at, new Scope.Source(fresh(at), source().columns()));
            return fresh || !openAliases(at, source().columns()).isEmpty() ? at.with(to(Step.ALIAS)) : null;
        }
        if (terminal.isName()) {
            Parse aliased = named(at, terminal);
            if (aliased != null) {
                return aliased;
            }
        }
        return fits(at, source()) ? without(at).after(terminal) : null;
    }

    private @Nullable Parse named(Parse at, Terminal terminal) {
        String alias = terminal.text();
        boolean readable = terminal.kind() == Terminal.Kind.QUOTED_NAME || NameTries.readsBare(alias);
        Scope.Source source = new Scope.Source(alias, source().columns());
        return readable && fits(at, source)
                ? at.with(
                        new FromFrame(Step.NEXT, null, on, null, parent),
                        at.scope().withSource(source))
                : null;
    }

    private @Nullable Parse afterNext(Parse at, Terminal terminal) {
        if (takesMore(at)) {
            if (terminal.isSymbol(",")) {
                return at.with(new FromFrame(Step.ITEM, null, false, null, parent));
            }
            if (terminal.isKeyword("join")) {
                return at.with(new FromFrame(Step.ITEM, null, true, null, parent));
            }
            if (terminal.isKeyword("left")) {
                return at.with(to(Step.LEFT));
            }
            if (terminal.isKeyword("inner") || terminal.isKeyword("cross")) {
                return at.with(to(Step.JOIN));
            }
        }
        if (terminal.isKeyword("on") && on) {
            FromFrame after = new FromFrame(Step.NEXT, null, false, null, parent);
            return at.with(ExpressionFrame.start(Context.join(parent.query().depth()), after));
        }
        return isWhole(at) ? parent.afterFrom(at).after(terminal) : null;
    }

    private @Nullable Parse afterJoin(Parse at, Terminal terminal) {
        return terminal.isKeyword("join") ? at.with(new FromFrame(Step.ITEM, null, true, null, parent)) : null;
    }

    @Override
    public Parse afterExpression(Parse at, @Nullable String column) {
        return at.with(this);
    }

    @Override
    public Parse afterQuery(Parse at, Columns columns) {
        if (saved == null) {
            throw new IllegalStateException("no query began here");
        }
        return at.with(new FromFrame(step, new Scope.Source("", columns), on, null, parent), saved);
    }
}

package org.sqltune.core.sql.recognizer;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.recognizer.name.Columns;
import org.sqltune.core.sql.recognizer.name.NameTries;

/**
 * What WITH defines, up to the query that reads it.
 *
 * @param name what the query that is being written is called
 * @param named those before it
 */
record WithFrame(Step step, String name, Map<String, Columns> named) implements Frame {
    private static final int MOST = 6;

    /** Bytes of a query's name. */
    private static final int LONGEST_NAME = 48;

    /** What comes next. */
    enum Step {
        NAME,
        AS,
        OPEN,
        /** SELECT. */
        QUERY,
        /** The closing parenthesis. */
        AFTER_QUERY,
        /** A comma, or the query that reads them. */
        NEXT
    }

    @Override
    public void expect(Parse at, Expectation expectation) {
        switch (step) {
            case NAME -> {
                expectation.freeName(LONGEST_NAME);
                String free = freeName(at);
                expectation.prefer(Terminal.name(free), free);
            }
            case AS -> only("as", expectation);
            case OPEN -> symbol("(", expectation);
            case QUERY -> only("select", expectation);
            case AFTER_QUERY -> symbol(")", expectation);
            case NEXT -> {
                only("select", expectation);
                if (named.size() < MOST) {
                    expectation.symbol(",");
                }
            }
        }
    }

    private String freeName(Parse at) {
        for (int number = 1; ; number++) {
            if (isFree(at, "w" + number)) {
                return "w" + number;
            }
        }
    }

    private boolean isFree(Parse at, String wanted) {
        return !at.names().tables().containsKey(wanted) && !named.containsKey(wanted);
    }

    private static void only(String word, Expectation expectation) {
        expectation.keywordToEnd(word);
    }

    private static void symbol(String symbol, Expectation expectation) {
        expectation.symbolToEnd(symbol);
    }

    @Override
    public @Nullable Parse after(Parse at, Terminal terminal) {
        return switch (step) {
            case NAME -> {
                boolean readable = terminal.kind() == Terminal.Kind.QUOTED_NAME
                        || (terminal.kind() == Terminal.Kind.NAME && NameTries.readsBare(terminal.text()));
                yield readable && isFree(at, terminal.text())
                        ? at.with(new WithFrame(Step.AS, terminal.text(), named))
                        : null;
            }
            case AS -> terminal.isKeyword("as") ? at.with(to(Step.OPEN)) : null;
            case OPEN -> terminal.isSymbol("(") ? at.with(to(Step.QUERY)) : null;
            case QUERY ->
                terminal.isKeyword("select")
                        ? SelectFrame.alone(at, 2, named, SourcePlan.MOST_READ_INSIDE, null, to(Step.AFTER_QUERY))
                        : null;
            case AFTER_QUERY -> terminal.isSymbol(")") ? at.with(to(Step.NEXT)) : null;
            case NEXT -> {
                if (terminal.isSymbol(",") && named.size() < MOST) {
                    yield at.with(to(Step.NAME));
                }
                yield terminal.isKeyword("select")
                        ? SelectFrame.alone(
                                at,
                                0,
                                named,
                                SourcePlan.MOST_READ,
                                null,
                                new StatementFrame(StatementFrame.Step.AFTER_QUERY))
                        : null;
            }
        };
    }

    private WithFrame to(Step next) {
        return new WithFrame(next, name, named);
    }

    @Override
    public Parse afterQuery(Parse at, Columns columns) {
        Map<String, Columns> more = new LinkedHashMap<>(named);
        more.put(name, columns);
        return at.with(new WithFrame(step, name, more));
    }
}

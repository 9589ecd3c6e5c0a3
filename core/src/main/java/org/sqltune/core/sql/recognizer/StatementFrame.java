package org.sqltune.core.sql.recognizer;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.recognizer.name.Columns;
import org.sqltune.core.sql.recognizer.name.SchemaNames;

/** The whole text: a query, perhaps with WITH before it and a semicolon behind it. */
record StatementFrame(Step step) implements Frame {
    /** What comes next. */
    enum Step {
        QUERY,
        /** A semicolon, or the end. */
        AFTER_QUERY,
        END
    }

    static Parse begin(SchemaNames names) {
        return new Parse(names, new StatementFrame(Step.QUERY), Scope.begin(null, Map.of(), SourcePlan.MOST_READ));
    }

    @Override
    public void expect(Parse at, Expectation expectation) {
        if (step == Step.QUERY) {
            expectation.keywords("select", "with");
            expectation.preferKeyword("select");
            return;
        }
        expectation.end();
        if (step == Step.AFTER_QUERY) {
            expectation.symbol(";");
        }
    }

    @Override
    public @Nullable Parse after(Parse at, Terminal terminal) {
        if (step == Step.QUERY) {
            if (terminal.isKeyword("with")) {
                return at.with(new WithFrame(WithFrame.Step.NAME, "", Map.of()));
            }
            return terminal.isKeyword("select")
                    ? SelectFrame.alone(
                            at, 0, Map.of(), SourcePlan.MOST_READ, null, new StatementFrame(Step.AFTER_QUERY))
                    : null;
        }
        return step == Step.AFTER_QUERY && terminal.isSymbol(";") ? at.with(new StatementFrame(Step.END)) : null;
    }

    @Override
    public Parse afterQuery(Parse at, Columns columns) {
        return at.with(this);
    }
}

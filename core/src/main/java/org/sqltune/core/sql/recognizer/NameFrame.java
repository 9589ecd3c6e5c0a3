package org.sqltune.core.sql.recognizer;

import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.recognizer.name.NameTries;
import org.sqltune.core.sql.recognizer.name.SqliteFunction;

/**
 * A name in an expression, of which it isn't known yet what it names.
 *
 * @param column whether it may be a column
 * @param qualifier whether it may stand before a dot
 * @param function whether it may be a function
 * @param dot whether the dot is there
 */
record NameFrame(String name, boolean column, boolean qualifier, boolean function, boolean dot, ExpressionFrame parent)
        implements Frame {
    @Override
    public void expect(Parse at, Expectation expectation) {
        if (dot) {
            expectBehindDot(at, expectation);
            return;
        }
        if (column) {
            asColumn(at).expect(expectation);
        }
        if (function) {
            expectation.symbolToEnd("(");
        }
        if (qualifier) {
            expectation.symbolToEnd(".");
        }
    }

    private void expectBehindDot(Parse at, Expectation expectation) {
        var columns = at.rules().columns(at.scope(), name, parent.context());
        expectation.names(columns);
        if (!columns.isEmpty()) {
            String first = columns.stream()
                    .min((one, other) -> Integer.compare(one.length(), other.length()))
                    .orElseThrow();
            expectation.prefer(
                    NameTries.readsBare(first) ? Terminal.name(first) : Terminal.quoted(first),
                    NameTries.readsBare(first) ? first : '"' + first.replace("\"", "\"\"") + '"');
        }
        if (at.names().takesAny()) {
            expectation.anyName("c1");
        }
        if (takesStar(at)) {
            expectation.symbolToEnd("*");
        }
    }

    private boolean takesStar(Parse at) {
        return parent.starFits() && at.rules().takesStar(at.scope(), name);
    }

    private Parse asColumn(Parse at) {
        return at.names().takesAny()
                ? at.with(parent.operand(name))
                : at.with(parent.operand(name), NameRules.reference(at.scope(), name));
    }

    @Override
    public @Nullable Parse after(Parse at, Terminal terminal) {
        if (dot) {
            if (terminal.isSymbol("*") && takesStar(at) && parent.parent() instanceof SelectFrame select) {
                Scope named = at.names().takesAny() ? at.scope() : at.scope().withQualified(name, null);
                return select.afterStar(at.with(parent, named), name);
            }
            if (at.names().takesAny()) {
                boolean readable = terminal.kind() == Terminal.Kind.QUOTED_NAME || NameTries.readsBare(terminal.text());
                return terminal.isName() && readable ? at.with(parent.operand(terminal.text())) : null;
            }
            boolean known = terminal.isName()
                    && at.rules().columns(at.scope(), name, parent.context()).contains(terminal.text());
            return known
                    ? at.with(
                            parent.operand(terminal.text()),
                            at.rules().reference(at.scope(), name, terminal.text(), parent.context()))
                    : null;
        }
        if (qualifier && terminal.isSymbol(".")) {
            return at.with(new NameFrame(name, false, true, false, true, parent));
        }
        SqliteFunction called = SqliteFunction.ALL.get(name);
        if (function && called != null && terminal.isSymbol("(")) {
            return at.with(new CallFrame(called, CallFrame.Step.FIRST, 0, false, parent));
        }
        return column ? asColumn(at).after(terminal) : null;
    }
}

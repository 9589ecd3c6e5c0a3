package org.sqltune.core.sql.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.syntax.Query.NamedWindow;
import org.sqltune.core.sql.syntax.Query.OrderTerm;
import org.sqltune.core.sql.syntax.Window.Bound;
import org.sqltune.core.sql.syntax.Window.Frame;

/** Reads windows, and lists of ORDER BY, which stand in windows, aggregates and queries alike. */
final class WindowParser {
    private static final String CURRENT_ROW = "CURRENT ROW";

    private final TokenReader tokens;
    private final ExpressionParser expressions;

    WindowParser(TokenReader tokens, ExpressionParser expressions) {
        this.tokens = tokens;
        this.expressions = expressions;
    }

    /** What follows OVER. */
    Window over() {
        return tokens.acceptSymbol("(") ? definition() : new Window(tokens.name(), true, List.of(), List.of(), null);
    }

    /** What follows WINDOW. */
    List<NamedWindow> named() {
        List<NamedWindow> windows = new ArrayList<>();
        do {
            String name = tokens.name();
            tokens.expect("as");
            tokens.expectSymbol("(");
            windows.add(new NamedWindow(name, definition()));
        } while (tokens.acceptSymbol(","));
        return windows;
    }

    /** Up to the closing parenthesis. */
    private Window definition() {
        String base = tokens.atWindowName() ? tokens.name() : null;
        List<Expression> partition = tokens.accept("partition", "by") ? expressions.list() : List.of();
        List<OrderTerm> order = orderBy();
        Frame frame = frame();
        tokens.expectSymbol(")");
        return new Window(base, false, partition, order, frame);
    }

    /** The terms, if ORDER BY follows. */
    List<OrderTerm> orderBy() {
        if (!tokens.accept("order", "by")) {
            return List.of();
        }
        List<OrderTerm> terms = new ArrayList<>();
        do {
            Expression value = expressions.parse();
            boolean descending = tokens.accept("desc");
            if (!descending) {
                tokens.accept("asc");
            }
            terms.add(new OrderTerm(value, descending, nullsFirst()));
        } while (tokens.acceptSymbol(","));
        return terms;
    }

    private @Nullable Boolean nullsFirst() {
        if (!tokens.accept("nulls")) {
            return null;
        }
        boolean first = tokens.accept("first");
        if (!first) {
            tokens.expect("last");
        }
        return first;
    }

    private @Nullable Frame frame() {
        for (String unit : List.of("ROWS", "RANGE", "GROUPS")) {
            if (tokens.accept(unit)) {
                boolean between = tokens.accept("between");
                Bound start = bound("PRECEDING");
                Bound end = null;
                if (between) {
                    tokens.expect("and");
                    end = bound("FOLLOWING");
                }
                check(start, end == null ? new Bound(null, CURRENT_ROW) : end);
                return new Frame(unit, start, end, exclude());
            }
        }
        return null;
    }

    /** @param unbounded the direction in which this bound may be unbounded */
    private Bound bound(String unbounded) {
        if (tokens.accept("unbounded")) {
            tokens.expect(unbounded);
            return new Bound(null, unbounded);
        }
        if (tokens.accept("current")) {
            tokens.expect("row");
            return new Bound(null, CURRENT_ROW);
        }
        Expression distance = expressions.parse();
        boolean before = tokens.accept("preceding");
        if (!before) {
            tokens.expect("following");
        }
        return new Bound(distance, before ? "PRECEDING" : "FOLLOWING");
    }

    /** SQLite refuses a frame that ends on another side of the current row than behind its start. */
    private void check(Bound start, Bound end) {
        boolean backwards = start.direction().equals("FOLLOWING")
                ? !end.direction().equals("FOLLOWING")
                : start.direction().equals(CURRENT_ROW) && end.direction().equals("PRECEDING");
        if (backwards) {
            throw tokens.fault("expected a frame that ends behind its start");
        }
    }

    private @Nullable String exclude() {
        if (!tokens.accept("exclude")) {
            return null;
        }
        if (tokens.accept("no", "others")) {
            return "NO OTHERS";
        }
        if (tokens.accept("current", "row")) {
            return CURRENT_ROW;
        }
        String what = tokens.atWord("group") ? "group" : "ties";
        tokens.expect(what);
        return what.toUpperCase(Locale.ROOT);
    }
}

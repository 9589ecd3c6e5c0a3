package org.sqltune.core.sql.syntax;

import java.util.StringJoiner;
import org.sqltune.core.sql.syntax.Window.Bound;
import org.sqltune.core.sql.syntax.Window.Frame;

/** Writes windows. */
final class WindowPrinter {
    private WindowPrinter() {}

    /** What follows OVER. */
    static String over(Window window) {
        return window.named() ? SqlPrinter.name(String.valueOf(window.base())) : "(" + inside(window) + ")";
    }

    /** What stands in the parentheses. */
    static String inside(Window window) {
        StringJoiner sql = new StringJoiner(" ");
        if (window.base() != null) {
            sql.add(SqlPrinter.name(window.base()));
        }
        if (!window.partitionBy().isEmpty()) {
            sql.add("PARTITION BY " + SqlPrinter.list(window.partitionBy()));
        }
        if (!window.orderBy().isEmpty()) {
            sql.add(SqlPrinter.orderBy(window.orderBy()));
        }
        if (window.frame() != null) {
            sql.add(frame(window.frame()));
        }
        return sql.toString();
    }

    private static String frame(Frame frame) {
        String bounds = frame.end() == null
                ? bound(frame.start())
                : "BETWEEN " + bound(frame.start()) + " AND " + bound(frame.end());
        return frame.unit() + " " + bounds + (frame.exclude() == null ? "" : " EXCLUDE " + frame.exclude());
    }

    private static String bound(Bound bound) {
        if (bound.distance() != null) {
            // In parentheses, since AND may follow.
            return "(" + SqlPrinter.print(bound.distance()) + ") " + bound.direction();
        }
        return bound.direction().equals("CURRENT ROW") ? bound.direction() : "UNBOUNDED " + bound.direction();
    }
}

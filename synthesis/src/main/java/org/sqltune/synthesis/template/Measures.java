package org.sqltune.synthesis.template;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.sqltune.synthesis.grammar.DraftScope;
import org.sqltune.synthesis.grammar.Term;
import org.sqltune.synthesis.grammar.Term.Aggregate;
import org.sqltune.synthesis.profile.ColumnProfile;
import org.sqltune.synthesis.profile.ColumnRole;
import org.sqltune.synthesis.profile.TableProfile;

/** Draws aggregates that are meaningful for a column. */
final class Measures {
    /** Numbers that measure a state rather than an amount: their sum is meaningless. */
    private static final Set<String> NOT_ADDITIVE = Set.of(
            "age",
            "year",
            "rate",
            "rating",
            "score",
            "price",
            "floor",
            "level",
            "percentage",
            "percent",
            "rank",
            "grade",
            "height",
            "latitude",
            "longitude",
            "temperature",
            "dosage",
            "number",
            "code",
            "zip",
            "phone",
            "max",
            "min",
            "term",
            "month",
            "day",
            "version",
            "position");

    /** Numbers that only identify something: even their average is meaningless. */
    private static final Set<String> NAMES = Set.of("year", "code", "zip", "phone", "number", "version");

    private Measures() {}

    /** Draws a column of the table that suits the function. */
    static Optional<Measure> draw(DraftScope s, Aggregate function) {
        return s.column(c -> suits(function, c)).map(column -> new Measure(function, s.table(), column));
    }

    private static boolean suits(Aggregate function, ColumnProfile column) {
        boolean ends = function == Aggregate.MAX || function == Aggregate.MIN;
        if (column.values().size() < 2) {
            return false;
        }
        if (ends) {
            return column.is(ColumnRole.NUMBER, ColumnRole.DATE);
        }
        return column.is(ColumnRole.NUMBER) && none(column, function == Aggregate.SUM ? NOT_ADDITIVE : NAMES);
    }

    private static boolean none(ColumnProfile column, Set<String> words) {
        return Arrays.stream(column.name().toLowerCase(Locale.ROOT).split("[^a-z]+"))
                .noneMatch(words::contains);
    }

    /**
     * An aggregate of a column.
     *
     * @param function the aggregate
     * @param table the column's table
     * @param column the column
     */
    record Measure(Aggregate function, TableProfile table, ColumnProfile column) {
        String sql(String alias) {
            return function + "(" + alias + column.sql() + ")";
        }

        Term.Measure term() {
            return new Term.Measure(function, table, column);
        }
    }
}

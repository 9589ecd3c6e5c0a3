package org.sqltune.synthesis.grammar;

import java.util.List;
import java.util.Optional;
import org.sqltune.synthesis.profile.ColumnProfile;
import org.sqltune.synthesis.profile.DatabaseProfile.Link;
import org.sqltune.synthesis.profile.TableProfile;

/** A part of a query's meaning that phrases mention. */
public sealed interface Term {
    /** A table's rows in general: {@code product}, {@code products}. */
    record Entity(TableProfile table) implements Term {}

    /** One column of a table. */
    record Attribute(TableProfile table, ColumnProfile column) implements Term {}

    /** Several columns of a table. */
    record Attributes(TableProfile table, List<ColumnProfile> columns) implements Term {
        public Attributes {
            columns = List.copyOf(columns);
        }
    }

    /** The rows of a table that satisfy a condition; all rows without one. */
    record Rows(TableProfile table, Optional<DraftCondition> condition) implements Term {}

    /** The first of certain rows by a column. */
    record Top(Rows rows, ColumnProfile column, boolean highest) implements Term {}

    /** The word for an end of a column's range: highest, earliest. */
    record Extreme(ColumnProfile column, boolean highest) implements Term {}

    /** An aggregate of a column. */
    record Measure(Aggregate function, TableProfile table, ColumnProfile column) implements Term {}

    /** The verb between a parent and its children: has, placed. */
    record Relation(Link link) implements Term {}

    /** A literal text. */
    record Words(String text) implements Term {}

    /** An aggregate function. */
    enum Aggregate {
        /** Average. */
        AVG,
        /** Total. */
        SUM,
        /** Highest. */
        MAX,
        /** Lowest. */
        MIN
    }
}

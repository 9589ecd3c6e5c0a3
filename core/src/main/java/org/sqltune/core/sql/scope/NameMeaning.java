package org.sqltune.core.sql.scope;

import org.sqltune.core.sql.syntax.Query;

/** What a name in an expression stands for. */
public sealed interface NameMeaning {
    /** A column of a source; {@code name} as the query spells it. */
    record OfSource(QuerySource source, String name) implements NameMeaning {}

    /** SQLite's own number of a row: {@code rowid}, {@code oid}, {@code _rowid_}. */
    record RowId(QuerySource source) implements NameMeaning {}

    /** An entry of the select list, by its alias. */
    record OfResult(Query.Column result) implements NameMeaning {}

    /** A text: in double quotes, and no column is called so. */
    record Text() implements NameMeaning {}

    /** {@code TRUE} or {@code FALSE}, where no column is called so. */
    record Truth(boolean value) implements NameMeaning {}

    /** A column of one of several sources whose columns aren't known. */
    record Undecided() implements NameMeaning {}

    /** Nothing that is visible here: an error in SQLite. */
    record Missing() implements NameMeaning {}

    /** A column of several sources: an error in SQLite. */
    record Ambiguous() implements NameMeaning {}
}

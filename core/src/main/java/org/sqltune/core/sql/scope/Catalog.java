package org.sqltune.core.sql.scope;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.Schema;

/** The tables and views that queries read. */
@FunctionalInterface
public interface Catalog {
    /** What a table of a catalog is known to have. */
    sealed interface Entry {
        /** There is no such table. */
        record Missing() implements Entry {}

        /** The table may exist; nobody knows its columns. */
        record Unknown() implements Entry {}

        /** The table has these columns, in order. */
        record Known(List<String> columns) implements Entry {}
    }

    /** A table, by its name in any case. */
    Entry table(String name);

    /** A catalog in which every table may exist and have every column. */
    static Catalog unknown() {
        return name -> new Entry.Unknown();
    }

    /** The tables of a schema, and no others. */
    static Catalog of(Schema schema) {
        Map<String, Entry> tables = new HashMap<>();
        schema.tables()
                .forEach(table -> tables.putIfAbsent(
                        table.name().toLowerCase(Locale.ROOT),
                        new Entry.Known(
                                table.columns().stream().map(Column::name).toList())));
        return name ->
                Optional.ofNullable(tables.get(name.toLowerCase(Locale.ROOT))).orElseGet(Entry.Missing::new);
    }
}

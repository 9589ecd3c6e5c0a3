package org.sqltune.core.sql.explain;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.sql.scope.Catalog;
import org.sqltune.core.sql.scope.NameResolver;
import org.sqltune.core.sql.syntax.ParsedSql;
import org.sqltune.core.text.PrintableText;

/** Says in English what a query does, one sentence a clause, from its syntax tree alone. */
public final class QueryExplanation {
    private static final String UNREADABLE =
            "This isn't one query in SQLite's grammar, so there is no explanation of it.";

    private QueryExplanation() {}

    /**
     * What a query does. Never fails: a text that isn't one query of SQLite's grammar gets a line that says so, and parts
     * for which there are no words stand in backticks as SQL.
     *
     * @param sql what a model or a person wrote; names in it may be wrong
     * @param schema tells names in double quotes that are columns from those that are texts; null if it isn't known
     * @return at least one line, without line breaks or control characters; queries inside are indented by two spaces
     */
    public static List<String> of(String sql, @Nullable Schema schema) {
        Optional<ParsedSql> parsed = ParsedSql.of(sql);
        if (parsed.isEmpty()) {
            return List.of(UNREADABLE);
        }
        Catalog catalog = schema == null ? Catalog.unknown() : Catalog.of(schema);
        return new ExplanationWriter(NameResolver.resolve(parsed.get().query(), catalog))
                .write(parsed.get().query()).stream()
                        .map(PrintableText::oneLine)
                        .toList();
    }
}

package org.sqltune.postgres.query;

import java.util.List;
import org.jooq.DSLContext;
import org.sqltune.core.sql.syntax.Query;
import org.sqltune.core.sql.syntax.QueryParser;
import org.sqltune.postgres.query.Conversion.Choice;
import org.sqltune.postgres.schema.Postgres;
import org.sqltune.postgres.schema.PostgresSchema;
import org.sqltune.postgres.schema.ValueKind;
import org.sqltune.postgres.value.ConvertedValue;
import org.sqltune.postgres.value.Rows;
import org.sqltune.postgres.value.Rows.Output;
import org.sqltune.postgres.value.UnsupportedSqlException;

/** Translates queries of one database from SQLite to PostgreSQL, without running them. */
public final class QueryTranslator {
    private final PostgresSchema schema;
    private final DSLContext writer = Postgres.writer();

    /** @param schema the database's schema */
    public QueryTranslator(PostgresSchema schema) {
        this.schema = schema;
    }

    /**
     * Converts one query.
     *
     * @param sql one query in SQLite's SQL
     * @throws org.sqltune.core.sql.syntax.SqlSyntaxException if it can't be parsed
     * @throws UnsupportedSqlException if it can't be converted; the message names the construct
     */
    public TranslatedQuery translate(String sql) {
        Query query = QueryParser.parse(sql);
        Conversion conversion = new Conversion(schema, Choice.ANY);
        Rows rows = new QueryConverter(conversion).convertOutermost(query);
        return new TranslatedQuery(
                written(rows),
                rows.columns().stream()
                        .map(Output::value)
                        .map(ConvertedValue::kind)
                        .toList(),
                !query.orderBy().isEmpty(),
                conversion.hasFreeRow(),
                conversion.hasLimit(),
                variant(query, Choice.FIRST),
                variant(query, Choice.LAST));
    }

    private String variant(Query query, Choice choice) {
        return written(new QueryConverter(new Conversion(schema, choice)).convertOutermost(query));
    }

    private String written(Rows rows) {
        return LimitSpelling.usual(writer.render(rows.select()));
    }

    /**
     * A query translated to PostgreSQL.
     *
     * @param sql one statement without semicolon
     * @param columns the kinds of its columns
     * @param ordered whether the query prescribes the order of its rows
     * @param freeRow whether it takes values from an arbitrary row of a group, or concatenates a list in any order
     * @param limited whether it limits rows somewhere, so that ties may decide which remain
     * @param first the same query with the first value at every free choice
     * @param last the same query with the last value at every free choice; if both return the same rows, the result is
     *     unique
     */
    public record TranslatedQuery(
            String sql,
            List<ValueKind> columns,
            boolean ordered,
            boolean freeRow,
            boolean limited,
            String first,
            String last) {
        public TranslatedQuery {
            columns = List.copyOf(columns);
        }
    }
}

package org.sqltune.postgres.query;

import org.jooq.DSLContext;
import org.sqltune.core.sql.syntax.Query;
import org.sqltune.core.sql.syntax.QueryParser;
import org.sqltune.postgres.query.Conversion.Choice;
import org.sqltune.postgres.schema.Postgres;
import org.sqltune.postgres.schema.PostgresSchema;
import org.sqltune.postgres.value.ConvertedValue;
import org.sqltune.postgres.value.Rows;
import org.sqltune.postgres.value.Rows.Output;
import org.sqltune.postgres.value.UnsupportedSqlException;

/** Queries of one database from SQLite to PostgreSQL. Executes nothing. */
public final class QueryTranslator {
    private final PostgresSchema schema;
    private final DSLContext writer = Postgres.writer();

    /** @param schema what the queries ask of */
    public QueryTranslator(PostgresSchema schema) {
        this.schema = schema;
    }

    /**
     * Converts one query.
     *
     * @param sql one query as SQLite takes it
     * @throws org.sqltune.core.sql.syntax.SqlSyntaxException if it can't be read
     * @throws UnsupportedSqlException if it can't be converted: names the construct
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
}

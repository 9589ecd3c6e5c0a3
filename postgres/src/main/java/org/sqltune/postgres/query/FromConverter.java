package org.sqltune.postgres.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.syntax.Query.FromItem;
import org.sqltune.core.sql.syntax.Query.Join;
import org.sqltune.core.sql.syntax.Query.JoinedTables;
import org.sqltune.core.sql.syntax.Query.NamedQuery;
import org.sqltune.core.sql.syntax.Query.SubqueryTable;
import org.sqltune.core.sql.syntax.Query.TableName;
import org.sqltune.postgres.schema.PostgresNames;
import org.sqltune.postgres.schema.PostgresSchema.PostgresColumn;
import org.sqltune.postgres.schema.PostgresSchema.PostgresTable;
import org.sqltune.postgres.scope.ConversionScope;
import org.sqltune.postgres.scope.Source;
import org.sqltune.postgres.scope.Source.SourceColumn;
import org.sqltune.postgres.value.ConvertedValue;
import org.sqltune.postgres.value.Rows;
import org.sqltune.postgres.value.Rows.Output;
import org.sqltune.postgres.value.UnsupportedSqlException;

/** Converts the FROM clause of one SELECT and adds its tables to the scope. */
final class FromConverter {
    private final Conversion conversion;
    private final QueryConverter queries;
    private final ConversionScope scope;
    private final Joins joins;

    FromConverter(
            Conversion conversion, QueryConverter queries, ExpressionConverter expressions, ConversionScope scope) {
        this.conversion = conversion;
        this.queries = queries;
        this.scope = scope;
        this.joins = new Joins(expressions, scope);
    }

    /** Returns the joins of this FROM clause. */
    Joins joins() {
        return joins;
    }

    Table<?> convert(FromItem item) {
        if (item instanceof TableName table) {
            return table(table);
        }
        if (item instanceof SubqueryTable subquery) {
            return subquery(queries.convert(subquery.query(), scope.outer(), true), subquery.alias());
        }
        if (item instanceof JoinedTables) {
            throw new UnsupportedSqlException("joined tables under one name aren't converted");
        }
        return join((Join) item);
    }

    private Table<?> join(Join join) {
        int begin = scope.sources().size();
        Table<?> left = convert(join.left());
        int middle = scope.sources().size();
        Table<?> right = convert(join.right());
        return joins.join(join, left, right, begin, middle);
    }

    private Table<?> table(TableName reference) {
        if (reference.arguments() != null) {
            throw new UnsupportedSqlException("functions as tables aren't converted");
        }
        Optional<NamedQuery> named = scope.named(reference.name());
        if (named.isPresent()) {
            return namedQuery(named.get(), reference);
        }
        PostgresTable table = conversion
                .schema()
                .table(reference.name())
                .orElseThrow(() -> new UnsupportedSqlException("no such table: " + reference.name()));
        List<SourceColumn> columns =
                table.columns().stream().map(FromConverter::column).toList();
        if (reference.alias() == null) {
            scope.add(new Source(reference.name(), table.name(), columns, table));
            return DSL.table(table.name());
        }
        Name alias = PostgresNames.of(reference.alias());
        scope.add(new Source(reference.alias(), alias, columns, table));
        return DSL.table(table.name()).as(alias);
    }

    private static SourceColumn column(PostgresColumn column) {
        Field<?> field = DSL.field(column.name(), column.type());
        ConvertedValue value =
                new ConvertedValue(field, column.kind(), column.affinity(), column.nullable(), column.facts(), null);
        return new SourceColumn(column.sqliteName(), column.name(), value);
    }

    /** Converts a reference to a common table expression to a subquery. */
    private Table<?> namedQuery(NamedQuery named, TableName reference) {
        Rows rows = queries.convert(named.query(), scope.outer(), true);
        String alias = reference.alias() == null ? reference.name() : reference.alias();
        if (named.columns().isEmpty()) {
            return subquery(rows, alias);
        }
        if (named.columns().size() != rows.columns().size()) {
            throw new UnsupportedSqlException("WITH " + named.name() + " names another number of columns");
        }
        List<Output> renamed = new ArrayList<>();
        for (int i = 0; i < named.columns().size(); i++) {
            String name = named.columns().get(i);
            renamed.add(new Output(
                    name, PostgresNames.of(name), rows.columns().get(i).value()));
        }
        Name sqlName = PostgresNames.of(alias);
        addSource(alias, sqlName, renamed);
        Name[] names = renamed.stream().map(Output::sqlName).toArray(Name[]::new);
        return DSL.table("({0})", rows.select()).as(sqlName, names);
    }

    private Table<?> subquery(Rows rows, @Nullable String alias) {
        String name = alias == null ? "" : alias;
        Name sqlName =
                PostgresNames.of(alias == null ? "subquery" + (scope.sources().size() + 1) : alias);
        addSource(name, sqlName, rows.columns());
        return rows.select().asTable(sqlName);
    }

    private void addSource(String name, Name sqlName, List<Output> outputs) {
        List<SourceColumn> columns = outputs.stream()
                .map(output -> new SourceColumn(
                        output.name(),
                        output.sqlName(),
                        output.value()
                                .as(DSL.field(
                                        output.sqlName(), output.value().field().getDataType()))))
                .toList();
        scope.add(new Source(name, sqlName, columns, null));
    }
}

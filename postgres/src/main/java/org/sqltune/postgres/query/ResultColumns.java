package org.sqltune.postgres.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.SelectFieldOrAsterisk;
import org.jooq.impl.DSL;
import org.sqltune.core.sql.syntax.Expression.ColumnName;
import org.sqltune.core.sql.syntax.Query.Column;
import org.sqltune.core.sql.syntax.Query.Result;
import org.sqltune.core.sql.syntax.Query.Star;
import org.sqltune.postgres.schema.PostgresNames;
import org.sqltune.postgres.schema.ValueKind;
import org.sqltune.postgres.scope.ConversionScope;
import org.sqltune.postgres.scope.ConversionScope.Found;
import org.sqltune.postgres.scope.Grouping;
import org.sqltune.postgres.scope.Source;
import org.sqltune.postgres.scope.Source.SourceColumn;
import org.sqltune.postgres.value.Coercions;
import org.sqltune.postgres.value.ConvertedValue;
import org.sqltune.postgres.value.Rows.Output;
import org.sqltune.postgres.value.UnsupportedSqlException;

/** Converts a select list. It keeps {@code *} where PostgreSQL's means the same. */
final class ResultColumns {
    private final ExpressionConverter expressions;
    private final ConversionScope scope;
    private final Set<String> hidden;
    private final List<SelectFieldOrAsterisk> shown = new ArrayList<>();
    private final List<Output> columns = new ArrayList<>();

    ResultColumns(ExpressionConverter expressions, ConversionScope scope, Set<String> hidden) {
        this.expressions = expressions;
        this.scope = scope;
        this.hidden = hidden;
    }

    List<SelectFieldOrAsterisk> shown() {
        return shown;
    }

    List<Output> convert(List<Result> results, boolean named, List<ValueKind> kinds) {
        for (Result result : results) {
            if (result instanceof Star star) {
                star(star, kinds);
            } else {
                column((Column) result, named, kinds);
            }
        }
        return columns;
    }

    private void column(Column column, boolean named, List<ValueKind> kinds) {
        ConvertedValue value = expressions.value(column.value(), scope);
        boolean isName = column.value() instanceof ColumnName && value.literal() == null;
        String own = column.value() instanceof ColumnName name ? name.name() : column.text();
        if (column.alias() != null) {
            add(value, column.alias(), PostgresNames.of(column.alias()), true, kinds);
        } else if (isName) {
            Name sqlName = value.field().getUnqualifiedName();
            boolean plain = ColumnNames.find(column.value(), scope)
                    .filter(found -> found.column().sqlName().equals(sqlName))
                    .isPresent();
            add(value, own, plain ? sqlName : PostgresNames.of(own), named && !plain, kinds);
        } else {
            add(value, own, DSL.unquotedName("column" + (columns.size() + 1)), named, kinds);
        }
    }

    private void add(ConvertedValue value, String name, Name sqlName, boolean alias, List<ValueKind> kinds) {
        ConvertedValue wanted = value;
        boolean changed = false;
        if (!kinds.isEmpty()) {
            if (columns.size() >= kinds.size()) {
                throw new UnsupportedSqlException("SELECTs with different numbers of columns");
            }
            ValueKind kind = kinds.get(columns.size());
            wanted = Coercions.to(kind, value);
            changed = wanted != value;
            wanted = kind == ValueKind.MIXED ? wanted.mixed() : wanted;
        }
        Field<?> field = wanted.field();
        shown.add(alias || changed ? field.as(sqlName) : field);
        columns.add(new Output(name, sqlName, wanted));
    }

    private void star(Star star, List<ValueKind> kinds) {
        List<Source> sources = scope.sources().stream()
                .filter(source -> star.table() == null || source.name().equalsIgnoreCase(star.table()))
                .toList();
        if (sources.isEmpty()) {
            throw new UnsupportedSqlException("no such table: " + star.table());
        }
        boolean whole = scope.grouping() == null && hidden.isEmpty() && kinds.isEmpty();
        if (whole) {
            shown.add(
                    star.table() == null
                            ? DSL.asterisk()
                            : DSL.table(sources.get(0).sqlName()).asterisk());
        }
        for (Source source : sources) {
            for (SourceColumn column : source.columns()) {
                Found found = new Found(scope, source, column);
                if (whole) {
                    columns.add(new Output(column.name(), column.sqlName(), column.value()));
                } else if (star.table() != null || !hidden.contains(Grouping.id(source, column))) {
                    Field<?> field = ColumnNames.field(found, scope.sources().size() > 1);
                    ConvertedValue value = expressions.names().grouped(found, field);
                    boolean changed = !value.field().equals(field);
                    add(value, column.name(), column.sqlName(), changed, kinds);
                }
            }
        }
    }
}

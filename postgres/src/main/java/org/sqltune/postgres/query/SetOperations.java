package org.sqltune.postgres.query;

import java.util.ArrayList;
import java.util.List;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.syntax.Expression;
import org.sqltune.core.sql.syntax.Expression.ColumnName;
import org.sqltune.core.sql.syntax.Expression.NumberLiteral;
import org.sqltune.core.sql.syntax.Query;
import org.sqltune.core.sql.syntax.Query.Body;
import org.sqltune.core.sql.syntax.Query.Compound;
import org.sqltune.core.sql.syntax.Query.Select;
import org.sqltune.postgres.schema.TextFacts;
import org.sqltune.postgres.schema.ValueKind;
import org.sqltune.postgres.scope.ConversionScope;
import org.sqltune.postgres.value.Coercions;
import org.sqltune.postgres.value.ConvertedValue;
import org.sqltune.postgres.value.Rows;
import org.sqltune.postgres.value.Rows.Output;
import org.sqltune.postgres.value.UnsupportedSqlException;

/** Converts UNION, INTERSECT and EXCEPT, for which PostgreSQL requires one type per column. */
final class SetOperations {
    private final Conversion conversion;
    private final QueryConverter queries;
    private final ExpressionConverter expressions;

    SetOperations(Conversion conversion, QueryConverter queries, ExpressionConverter expressions) {
        this.conversion = conversion;
        this.queries = queries;
        this.expressions = expressions;
    }

    /** Converts the members without order and limit, and their columns to the given kinds, if any. */
    Rows convert(Body body, @Nullable ConversionScope outer, boolean named, List<ValueKind> kinds) {
        if (body instanceof Select select) {
            return new SelectConverter(conversion, queries, expressions, new ConversionScope(outer), select, List.of())
                    .convert(named, kinds, (out, rows, keys) -> {});
        }
        if (!(body instanceof Compound compound)) {
            throw new UnsupportedSqlException("VALUES isn't converted");
        }
        Rows left = convert(compound.left(), outer, named, kinds);
        Rows right = convert(compound.right(), outer, false, kinds);
        if (left.columns().size() != right.columns().size()) {
            throw new UnsupportedSqlException("SELECTs with different numbers of columns");
        }
        org.jooq.Select<Record> joined = switch (compound.operator()) {
            case "UNION" -> left.select().union(right.select());
            case "UNION ALL" -> left.select().unionAll(right.select());
            case "INTERSECT" -> left.select().intersect(right.select());
            default -> left.select().except(right.select());
        };
        return new Rows(joined, merged(left.columns(), right.columns()));
    }

    private static List<Output> merged(List<Output> left, List<Output> right) {
        List<Output> merged = new ArrayList<>();
        for (int i = 0; i < left.size(); i++) {
            Output first = left.get(i);
            ConvertedValue other = right.get(i).value();
            ValueKind kind = Coercions.common(first.value().kind(), other.kind());
            boolean nullable = first.value().nullable() || other.nullable();
            ConvertedValue value = new ConvertedValue(
                    first.value().field(),
                    kind,
                    first.value().affinity(),
                    nullable,
                    first.value().facts().equals(other.facts()) ? other.facts() : TextFacts.UNKNOWN,
                    null);
            merged.add(new Output(first.name(), first.sqlName(), value));
        }
        return merged;
    }

    /** Returns the common kinds of all members' columns; empty if they already agree. */
    List<ValueKind> commonKinds(Body body, @Nullable ConversionScope outer) {
        List<List<ConvertedValue>> members = new ArrayList<>();
        collect(body, outer, members);
        List<ValueKind> common = new ArrayList<>();
        boolean agree = true;
        for (int i = 0; i < members.get(0).size(); i++) {
            int index = i;
            if (members.stream()
                    .anyMatch(member -> member.size() != members.get(0).size())) {
                throw new UnsupportedSqlException("SELECTs with different numbers of columns");
            }
            List<ConvertedValue> column =
                    members.stream().map(member -> member.get(index)).toList();
            ValueKind kind = Coercions.common(column);
            if (kind == ValueKind.MIXED && comparesRows(body)) {
                column.forEach(SetOperations::refuseNumericText);
            }
            agree &= column.stream().allMatch(value -> agrees(value.kind(), kind));
            common.add(kind);
        }
        return agree ? List.of() : common;
    }

    private static boolean agrees(ValueKind kind, ValueKind common) {
        return kind == common || (kind.isNumber() && kind != ValueKind.BOOLEAN && common.isNumber());
    }

    private static boolean comparesRows(Body body) {
        return body instanceof Compound compound
                && (!compound.operator().equals("UNION ALL")
                        || comparesRows(compound.left())
                        || comparesRows(compound.right()));
    }

    /** Refuses values that text can't distinguish: the number 3 and the text 3. */
    private static void refuseNumericText(ConvertedValue value) {
        if (value.kind() == ValueKind.TEXT && !value.facts().noNumbers()) {
            throw new UnsupportedSqlException("a set operation of numbers and texts that look like numbers");
        }
    }

    private void collect(Body body, @Nullable ConversionScope outer, List<List<ConvertedValue>> members) {
        if (body instanceof Compound compound) {
            collect(compound.left(), outer, members);
            collect(compound.right(), outer, members);
        } else {
            members.add(convert(body, outer, false, List.of()).columns().stream()
                    .map(Output::value)
                    .toList());
        }
    }

    /** Returns the result column that a term of ORDER BY refers to. */
    static int position(Expression term, Body body, List<Output> columns) {
        if (term instanceof NumberLiteral number && number.text().matches("\\d{1,4}")) {
            int position = Integer.parseInt(number.text());
            if (position >= 1 && position <= columns.size()) {
                return position;
            }
        }
        if (term instanceof ColumnName name) {
            for (int i = 0; i < columns.size(); i++) {
                if (columns.get(i).name().equalsIgnoreCase(name.name())) {
                    return i + 1;
                }
            }
        }
        return body instanceof Compound compound
                ? position(term, compound.left(), compound.right(), columns)
                : expressionPosition(term, (Select) body);
    }

    private static int position(Expression term, Body left, Body right, List<Output> columns) {
        try {
            return position(term, left, columns);
        } catch (UnsupportedSqlException e) {
            return position(term, right, columns);
        }
    }

    private static int expressionPosition(Expression term, Select select) {
        for (int i = 0; i < select.results().size(); i++) {
            if (select.results().get(i) instanceof Query.Column column
                    && (column.value().equals(term)
                            || (term instanceof ColumnName name && name.name().equalsIgnoreCase(column.alias())))) {
                return i + 1;
            }
        }
        throw new UnsupportedSqlException("a set operation ordered by what isn't selected");
    }
}

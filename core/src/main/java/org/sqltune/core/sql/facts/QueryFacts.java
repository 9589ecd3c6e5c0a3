package org.sqltune.core.sql.facts;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.sqltune.core.example.QueryCategory;
import org.sqltune.core.sql.hardness.QueryHardness;
import org.sqltune.core.sql.scope.Catalog;
import org.sqltune.core.sql.scope.NameMeaning;
import org.sqltune.core.sql.scope.NameResolver;
import org.sqltune.core.sql.scope.ResolvedQuery;
import org.sqltune.core.sql.syntax.Expression;
import org.sqltune.core.sql.syntax.Expression.ColumnName;
import org.sqltune.core.sql.syntax.ParsedSql;
import org.sqltune.core.sql.syntax.Queries;
import org.sqltune.core.sql.syntax.Query;
import org.sqltune.core.sql.syntax.SqlToken;
import org.sqltune.core.sql.syntax.StatementKind;
import org.sqltune.core.sql.syntax.Trees;

/**
 * What a query consists of, read once. A text that isn't a query in SQLite's grammar (a broken one, another dialect) has a
 * kind, category, hardness and order by its tokens, and no names.
 *
 * @param kind by its first word
 * @param parsed whether it is one query in SQLite's grammar
 * @param category the last kind that fits
 * @param hardness by Spider's rules
 * @param ordered whether it prescribes the order of its rows
 * @param tables the tables and views that it reads anywhere, in lower case, those that WITH defines left out
 * @param columns the columns that it names anywhere, in lower case; aliases and texts in double quotes left out
 * @param literals texts and numbers as they stand in it, quotes included, in order
 */
public record QueryFacts(
        StatementKind kind,
        boolean parsed,
        QueryCategory category,
        QueryHardness hardness,
        boolean ordered,
        Set<String> tables,
        Set<String> columns,
        List<SqlToken> literals) {

    /** The facts of any text, without a known schema. */
    public static QueryFacts of(String sql) {
        return of(sql, Catalog.unknown());
    }

    /** The category alone, for those who ask for nothing else. */
    public static QueryCategory categoryOf(String sql) {
        return ParsedSql.of(sql)
                .map(parsed -> TreeCategory.of(parsed.query()))
                .orElseGet(() -> TokenFacts.of(sql).category());
    }

    /** Whether the text prescribes the order of its rows, for those who ask for nothing else. */
    public static boolean isOrdered(String sql) {
        return ParsedSql.of(sql)
                .map(parsed -> !parsed.query().orderBy().isEmpty())
                .orElseGet(() -> TokenFacts.of(sql).ordered());
    }

    /** The facts of any text, its names looked up in {@code catalog}. */
    public static QueryFacts of(String sql, Catalog catalog) {
        return ParsedSql.of(sql).map(parsed -> of(parsed, catalog)).orElseGet(() -> TokenFacts.of(sql));
    }

    private static QueryFacts of(ParsedSql parsed, Catalog catalog) {
        Query query = parsed.query();
        ResolvedQuery resolved = NameResolver.resolve(query, catalog);
        Set<String> tables = new LinkedHashSet<>();
        Set<String> columns = new LinkedHashSet<>();
        for (Query each : Queries.all(query)) {
            Queries.members(each.body()).forEach(member -> {
                if (member instanceof Query.Select select) {
                    resolved.sources(select).forEach(source -> {
                        if (source.table() != null) {
                            tables.add(source.table().toLowerCase(Locale.ROOT));
                        }
                    });
                }
            });
            Queries.expressions(each).stream()
                    .flatMap(expression -> Trees.find(expression, QueryFacts::isName))
                    .map(ColumnName.class::cast)
                    .filter(name ->
                            resolved.meaning(name).filter(QueryFacts::isColumn).isPresent())
                    .forEach(name -> columns.add(name.name().toLowerCase(Locale.ROOT)));
        }
        return new QueryFacts(
                StatementKind.of(parsed.tokens()),
                true,
                TreeCategory.of(query),
                QueryHardness.of(parsed),
                !query.orderBy().isEmpty(),
                tables,
                columns,
                literals(parsed, resolved));
    }

    private static boolean isName(Expression expression) {
        return expression instanceof ColumnName;
    }

    private static boolean isColumn(NameMeaning meaning) {
        return !(meaning instanceof NameMeaning.OfResult
                || meaning instanceof NameMeaning.Text
                || meaning instanceof NameMeaning.Truth);
    }

    /** Literals, and what is in double quotes and names no column. */
    private static List<SqlToken> literals(ParsedSql parsed, ResolvedQuery resolved) {
        return Queries.all(parsed.query()).stream()
                .flatMap(query -> Queries.expressions(query).stream())
                .flatMap(expression -> Trees.find(expression, each -> isLiteral(each, resolved)))
                .flatMap(literal -> parsed.token(literal).stream())
                .sorted((one, other) -> Integer.compare(one.start(), other.start()))
                .toList();
    }

    private static boolean isLiteral(Expression expression, ResolvedQuery resolved) {
        return expression instanceof Expression.TextLiteral
                || expression instanceof Expression.NumberLiteral
                || expression instanceof Expression.BlobLiteral
                || (expression instanceof ColumnName name
                        && resolved.meaning(name)
                                .filter(NameMeaning.Text.class::isInstance)
                                .isPresent());
    }
}

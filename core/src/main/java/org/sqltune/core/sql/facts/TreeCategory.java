package org.sqltune.core.sql.facts;

import org.sqltune.core.example.QueryCategory;
import org.sqltune.core.sql.syntax.Expression;
import org.sqltune.core.sql.syntax.Expression.Call;
import org.sqltune.core.sql.syntax.Queries;
import org.sqltune.core.sql.syntax.Query;
import org.sqltune.core.sql.syntax.Query.Compound;
import org.sqltune.core.sql.syntax.Query.Select;
import org.sqltune.core.sql.syntax.Trees;

/** A query's category by its tree. */
final class TreeCategory {
    private TreeCategory() {}

    static QueryCategory of(Query query) {
        if (query.body() instanceof Compound || Queries.all(query).size() > 1) {
            return QueryCategory.NESTED;
        }
        if (!(query.body() instanceof Select select)) {
            return QueryCategory.SIMPLE;
        }
        if (Queries.sources(select.from()).size() > 1) {
            return QueryCategory.JOIN;
        }
        boolean aggregated = select.having() != null
                || !select.groupBy().isEmpty()
                || Queries.expressions(query).stream().anyMatch(TreeCategory::isAggregated);
        if (aggregated) {
            return QueryCategory.AGGREGATION;
        }
        return select.where() != null ? QueryCategory.FILTER : QueryCategory.SIMPLE;
    }

    private static boolean isAggregated(Expression expression) {
        return Trees.find(expression, TreeCategory::isAggregate).findAny().isPresent();
    }

    private static boolean isAggregate(Expression expression) {
        return expression instanceof Call call
                && AggregateNames.isAggregate(call.name(), call.arguments().size());
    }
}

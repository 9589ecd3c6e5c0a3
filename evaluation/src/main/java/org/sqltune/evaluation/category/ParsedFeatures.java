package org.sqltune.evaluation.category;

import java.util.List;
import java.util.Optional;
import net.sf.jsqlparser.JSQLParserException;
import net.sf.jsqlparser.expression.AnalyticExpression;
import net.sf.jsqlparser.expression.ExpressionVisitorAdapter;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.select.Join;
import net.sf.jsqlparser.statement.select.OrderByElement;
import net.sf.jsqlparser.statement.select.ParenthesedSelect;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.Select;
import org.jspecify.annotations.Nullable;

/** Reads a query's features off its syntax tree. */
final class ParsedFeatures {
    private static final long PARSE_MILLIS = 1_000;
    private static final QueryFeatures NESTED = new QueryFeatures(false, false, false, true);

    private ParsedFeatures() {}

    /** The features; empty if the parser fails, takes too long or finds no query. */
    static Optional<QueryFeatures> of(String sql) {
        Statement statement;
        try {
            statement = CCJSqlParserUtil.parse(
                    sql, parser -> parser.withTimeOut(PARSE_MILLIS).withSquareBracketQuotation(true));
        } catch (JSQLParserException e) {
            return Optional.empty();
        }
        return statement instanceof Select select ? Optional.of(features(select)) : Optional.empty();
    }

    private static QueryFeatures features(Select select) {
        boolean plain = select instanceof PlainSelect && select.getWithItemsList() == null;
        return plain ? features((PlainSelect) select) : NESTED;
    }

    private static QueryFeatures features(PlainSelect select) {
        List<Join> joins = orEmpty(select.getJoins());
        Expressions expressions = new Expressions();
        select.getSelectItems().forEach(item -> item.getExpression().accept(expressions, null));
        for (OrderByElement element : orEmpty(select.getOrderByElements())) {
            element.getExpression().accept(expressions, null);
        }
        joins.forEach(join -> join.getOnExpressions().forEach(on -> on.accept(expressions, null)));
        if (select.getWhere() != null) {
            select.getWhere().accept(expressions, null);
        }
        if (select.getHaving() != null) {
            select.getHaving().accept(expressions, null);
        }
        boolean fromQuery = select.getFromItem() != null && !(select.getFromItem() instanceof Table);
        boolean joinsQuery = joins.stream().anyMatch(join -> !(join.getFromItem() instanceof Table));
        return new QueryFeatures(
                select.getWhere() != null,
                select.getGroupBy() != null || select.getHaving() != null || expressions.aggregate,
                !joins.isEmpty(),
                fromQuery || joinsQuery || expressions.query);
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    /** Looks for aggregates and queries in expressions. */
    private static final class Expressions extends ExpressionVisitorAdapter<Void> {
        private boolean aggregate;
        private boolean query;

        @Override
        public <S> @Nullable Void visit(Function function, S context) {
            int arguments = function.getParameters() == null
                    ? 1
                    : function.getParameters().size();
            aggregate |= Aggregates.isAggregate(function.getName(), arguments);
            return super.visit(function, context);
        }

        @Override
        public <S> @Nullable Void visit(AnalyticExpression window, S context) {
            aggregate |= Aggregates.isAggregate(window.getName(), 1);
            return super.visit(window, context);
        }

        @Override
        public <S> @Nullable Void visit(ParenthesedSelect select, S context) {
            query = true;
            return null;
        }

        @Override
        public <S> @Nullable Void visit(Select select, S context) {
            query = true;
            return null;
        }
    }
}

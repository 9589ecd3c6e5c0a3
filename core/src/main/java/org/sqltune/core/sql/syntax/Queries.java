package org.sqltune.core.sql.syntax;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.syntax.Expression.Exists;
import org.sqltune.core.sql.syntax.Expression.InQuery;
import org.sqltune.core.sql.syntax.Expression.Subquery;
import org.sqltune.core.sql.syntax.Query.Body;
import org.sqltune.core.sql.syntax.Query.Column;
import org.sqltune.core.sql.syntax.Query.Compound;
import org.sqltune.core.sql.syntax.Query.FromItem;
import org.sqltune.core.sql.syntax.Query.Join;
import org.sqltune.core.sql.syntax.Query.JoinedTables;
import org.sqltune.core.sql.syntax.Query.Select;
import org.sqltune.core.sql.syntax.Query.SubqueryTable;
import org.sqltune.core.sql.syntax.Query.TableName;
import org.sqltune.core.sql.syntax.Query.Values;

/** Walks through queries. */
public final class Queries {
    private Queries() {}

    /** The SELECTs and VALUES under set operators, from left to right. */
    public static List<Body> members(Body body) {
        List<Body> members = new ArrayList<>();
        Body left = body;
        while (left instanceof Compound compound) {
            members.add(0, compound.right());
            left = compound.left();
        }
        members.add(0, left);
        return members;
    }

    /** What FROM joins, from left to right, parentheses taken away. */
    public static List<FromItem> sources(@Nullable FromItem from) {
        if (from == null) {
            return List.of();
        }
        List<FromItem> sources = new ArrayList<>();
        addSources(from, sources);
        return sources;
    }

    private static void addSources(FromItem from, List<FromItem> sources) {
        if (from instanceof Join join) {
            addSources(join.left(), sources);
            addSources(join.right(), sources);
        } else if (from instanceof JoinedTables joined) {
            addSources(joined.inside(), sources);
        } else {
            sources.add(from);
        }
    }

    /** The conditions of FROM's joins, and the arguments of functions that return tables. */
    public static List<Expression> conditions(@Nullable FromItem from) {
        if (from == null) {
            return List.of();
        }
        List<Expression> conditions = new ArrayList<>();
        if (from instanceof Join join) {
            conditions.addAll(conditions(join.left()));
            conditions.addAll(conditions(join.right()));
            if (join.on() != null) {
                conditions.add(join.on());
            }
        } else if (from instanceof JoinedTables joined) {
            conditions.addAll(conditions(joined.inside()));
        } else if (from instanceof TableName table && table.arguments() != null) {
            conditions.addAll(table.arguments());
        }
        return conditions;
    }

    /** The expressions of one member, in the order of its clauses. */
    public static List<Expression> expressions(Body member) {
        List<Expression> expressions = new ArrayList<>();
        if (member instanceof Values values) {
            values.rows().forEach(expressions::addAll);
        } else if (member instanceof Select select) {
            select.results().forEach(result -> {
                if (result instanceof Column column) {
                    expressions.add(column.value());
                }
            });
            expressions.addAll(conditions(select.from()));
            add(expressions, select.where());
            expressions.addAll(select.groupBy());
            add(expressions, select.having());
            select.windows().forEach(window -> expressions.addAll(Trees.of(window.window())));
        }
        return expressions;
    }

    /** The expressions of a query's own level: those of all its members, of ORDER BY and of LIMIT. */
    public static List<Expression> expressions(Query query) {
        List<Expression> expressions = new ArrayList<>();
        members(query.body()).forEach(member -> expressions.addAll(expressions(member)));
        query.orderBy().forEach(term -> expressions.add(term.value()));
        add(expressions, query.limit());
        add(expressions, query.offset());
        return expressions;
    }

    /** The queries right inside an expression. */
    public static List<Query> inside(Expression expression) {
        List<Query> queries = new ArrayList<>();
        addQueries(expression, queries);
        return queries;
    }

    private static void addQueries(Expression expression, List<Query> queries) {
        Trees.visit(expression, each -> {
            if (each instanceof Subquery subquery) {
                queries.add(subquery.query());
            } else if (each instanceof Exists exists) {
                queries.add(exists.query());
            } else if (each instanceof InQuery in) {
                queries.add(in.query());
            }
        });
    }

    /** The queries right inside a query: those of WITH, of FROM, and of its expressions. */
    public static List<Query> inside(Query query) {
        List<Query> queries = new ArrayList<>();
        query.tables().forEach(named -> queries.add(named.query()));
        for (Body member : members(query.body())) {
            if (member instanceof Select select) {
                sources(select.from()).forEach(source -> {
                    if (source instanceof SubqueryTable subquery) {
                        queries.add(subquery.query());
                    }
                });
            }
        }
        expressions(query).forEach(expression -> addQueries(expression, queries));
        return queries;
    }

    /** The query and all queries anywhere inside it, outer before inner. */
    public static List<Query> all(Query root) {
        List<Query> all = new ArrayList<>();
        Deque<Query> open = new ArrayDeque<>(List.of(root));
        while (!open.isEmpty()) {
            Query next = open.pop();
            all.add(next);
            List<Query> inside = inside(next);
            for (int i = inside.size() - 1; i >= 0; i--) {
                open.push(inside.get(i));
            }
        }
        return all;
    }

    /** All tables named anywhere in a query, those that WITH defines among them. */
    public static List<TableName> tables(Query root) {
        List<TableName> tables = new ArrayList<>();
        for (Query query : all(root)) {
            for (Body member : members(query.body())) {
                if (member instanceof Select select) {
                    sources(select.from()).forEach(source -> {
                        if (source instanceof TableName table) {
                            tables.add(table);
                        }
                    });
                }
            }
        }
        return tables;
    }

    private static void add(List<Expression> expressions, @Nullable Expression expression) {
        if (expression != null) {
            expressions.add(expression);
        }
    }
}

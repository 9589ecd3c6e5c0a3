package org.sqltune.core.sql.syntax;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.syntax.Expression.Between;
import org.sqltune.core.sql.syntax.Expression.Binary;
import org.sqltune.core.sql.syntax.Expression.Call;
import org.sqltune.core.sql.syntax.Expression.Case;
import org.sqltune.core.sql.syntax.Expression.Cast;
import org.sqltune.core.sql.syntax.Expression.Collate;
import org.sqltune.core.sql.syntax.Expression.ColumnName;
import org.sqltune.core.sql.syntax.Expression.InList;
import org.sqltune.core.sql.syntax.Expression.InQuery;
import org.sqltune.core.sql.syntax.Expression.Like;
import org.sqltune.core.sql.syntax.Expression.NullTest;
import org.sqltune.core.sql.syntax.Expression.NumberLiteral;
import org.sqltune.core.sql.syntax.Expression.RowValue;
import org.sqltune.core.sql.syntax.Expression.TextLiteral;
import org.sqltune.core.sql.syntax.Expression.Unary;

/** Walks through expressions. */
public final class Trees {
    private Trees() {}

    /** The expressions right inside one; queries inside are left out, they are a world of their own. */
    public static List<Expression> children(Expression parent) {
        if (isLeaf(parent)) {
            return List.of();
        }
        if (parent instanceof Unary unary) {
            return List.of(unary.operand());
        }
        if (parent instanceof Binary binary) {
            return List.of(binary.left(), binary.right());
        }
        if (parent instanceof Like like) {
            return present(like.value(), like.pattern(), like.escape());
        }
        if (parent instanceof Between between) {
            return List.of(between.value(), between.low(), between.high());
        }
        if (parent instanceof InList in) {
            return Stream.concat(Stream.of(in.value()), in.items().stream()).toList();
        }
        if (parent instanceof InQuery in) {
            return List.of(in.value());
        }
        if (parent instanceof NullTest test) {
            return List.of(test.value());
        }
        if (parent instanceof Case choice) {
            return ofCase(choice);
        }
        if (parent instanceof Cast cast) {
            return List.of(cast.value());
        }
        if (parent instanceof Call call) {
            return ofCall(call);
        }
        if (parent instanceof Collate collate) {
            return List.of(collate.value());
        }
        return parent instanceof RowValue row ? row.items() : List.of();
    }

    /** Whether it is one of the expressions that most trees end in. */
    private static boolean isLeaf(Expression expression) {
        return expression instanceof ColumnName
                || expression instanceof TextLiteral
                || expression instanceof NumberLiteral;
    }

    private static List<Expression> ofCall(Call call) {
        List<Expression> children = new ArrayList<>(call.arguments());
        call.orderBy().forEach(term -> children.add(term.value()));
        children.addAll(present(call.filter()));
        Window window = call.window();
        if (window != null) {
            children.addAll(of(window));
        }
        return children;
    }

    /** The expressions of a window. */
    public static List<Expression> of(Window window) {
        List<Expression> children = new ArrayList<>(window.partitionBy());
        window.orderBy().forEach(term -> children.add(term.value()));
        Window.Frame frame = window.frame();
        if (frame != null) {
            Window.Bound end = frame.end();
            children.addAll(present(frame.start().distance(), end == null ? null : end.distance()));
        }
        return children;
    }

    private static List<Expression> ofCase(Case choice) {
        List<Expression> children = new ArrayList<>(present(choice.base(), choice.otherwise()));
        choice.whens().forEach(when -> {
            children.add(when.condition());
            children.add(when.result());
        });
        return children;
    }

    private static List<Expression> present(@Nullable Expression... expressions) {
        List<Expression> present = new ArrayList<>(expressions.length);
        for (Expression each : expressions) {
            if (each != null) {
                present.add(each);
            }
        }
        return present;
    }

    /** Shows the expression and all inside it to {@code visitor}, outer before inner; queries inside are left out. */
    public static void visit(Expression root, Consumer<Expression> visitor) {
        visitor.accept(root);
        List<Expression> children = children(root);
        if (children.isEmpty()) {
            return;
        }
        // Without recursion: a condition may be a thousand ANDs deep.
        Deque<Expression> open = new ArrayDeque<>();
        push(open, children);
        while (!open.isEmpty()) {
            Expression next = open.pop();
            visitor.accept(next);
            push(open, children(next));
        }
    }

    private static void push(Deque<Expression> open, List<Expression> children) {
        for (int i = children.size() - 1; i >= 0; i--) {
            open.push(children.get(i));
        }
    }

    /** The expression and all inside it that {@code test} holds for, outer before inner; queries inside are left out. */
    public static Stream<Expression> find(Expression root, Predicate<Expression> test) {
        List<Expression> found = new ArrayList<>();
        visit(root, each -> {
            if (test.test(each)) {
                found.add(each);
            }
        });
        return found.stream();
    }

    /** What stands between the ANDs, from left to right. */
    public static List<Expression> conjuncts(@Nullable Expression condition) {
        List<Expression> conjuncts = new ArrayList<>();
        Deque<Expression> open = new ArrayDeque<>();
        if (condition != null) {
            open.push(condition);
        }
        while (!open.isEmpty()) {
            Expression next = open.pop();
            if (next instanceof Binary binary && binary.operator().equals("AND")) {
                open.push(binary.right());
                open.push(binary.left());
            } else {
                conjuncts.add(next);
            }
        }
        return conjuncts;
    }
}

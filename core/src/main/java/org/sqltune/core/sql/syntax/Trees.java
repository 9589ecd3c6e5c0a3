package org.sqltune.core.sql.syntax;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.syntax.Expression.Between;
import org.sqltune.core.sql.syntax.Expression.Binary;
import org.sqltune.core.sql.syntax.Expression.Call;
import org.sqltune.core.sql.syntax.Expression.Case;
import org.sqltune.core.sql.syntax.Expression.Cast;
import org.sqltune.core.sql.syntax.Expression.Collate;
import org.sqltune.core.sql.syntax.Expression.InList;
import org.sqltune.core.sql.syntax.Expression.InQuery;
import org.sqltune.core.sql.syntax.Expression.Like;
import org.sqltune.core.sql.syntax.Expression.NullTest;
import org.sqltune.core.sql.syntax.Expression.RowValue;
import org.sqltune.core.sql.syntax.Expression.Unary;

/** Walks through expressions. */
public final class Trees {
    private Trees() {}

    /** The expressions right inside one; queries inside are left out, they are a world of their own. */
    public static List<Expression> children(Expression parent) {
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
        return Stream.of(expressions).filter(Objects::nonNull).toList();
    }

    /** The expression and all inside it that {@code test} holds for, outer before inner; queries inside are left out. */
    public static Stream<Expression> find(Expression root, Predicate<Expression> test) {
        // Without recursion: a condition may be a thousand ANDs deep.
        List<Expression> found = new ArrayList<>();
        Deque<Expression> open = new ArrayDeque<>(List.of(root));
        while (!open.isEmpty()) {
            Expression next = open.pop();
            if (test.test(next)) {
                found.add(next);
            }
            List<Expression> children = children(next);
            for (int i = children.size() - 1; i >= 0; i--) {
                open.push(children.get(i));
            }
        }
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

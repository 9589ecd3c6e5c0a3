package org.sqltune.data.chat.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqltune.data.chat.jinja.Token.Kind;
import org.sqltune.data.chat.jinja.value.Attributes;
import org.sqltune.data.chat.jinja.value.Callable;
import org.sqltune.data.chat.jinja.value.Filters;
import org.sqltune.data.chat.jinja.value.JinjaException;
import org.sqltune.data.chat.jinja.value.Tests;
import org.sqltune.data.chat.jinja.value.Undefined;
import org.sqltune.data.chat.jinja.value.Values;

/** Parses what follows a value: attributes, indices, calls, filters and tests. */
final class PostfixParser {
    private final TokenStream in;
    private final ExpressionParser expressions;

    PostfixParser(TokenStream in, ExpressionParser expressions) {
        this.in = in;
        this.expressions = expressions;
    }

    /** Parses attributes, indices and calls after a value. */
    Expression behind(Expression value) {
        Expression result = value;
        while (true) {
            if (in.takeOperator(".")) {
                result = attribute(result);
            } else if (in.takeOperator("[")) {
                result = subscript(result);
            } else if (in.current().isOperator("(")) {
                result = call(result);
            } else {
                return result;
            }
        }
    }

    private Expression attribute(Expression object) {
        if (in.isKind(Kind.INTEGER)) {
            Expression index = LiteralParser.whole(in.take());
            return scope -> Attributes.item(object.evaluate(scope), index.evaluate(scope));
        }
        String name = in.expectName();
        return scope -> Attributes.attribute(object.evaluate(scope), name);
    }

    private Expression subscript(Expression object) {
        List<@Nullable Expression> parts = new ArrayList<>();
        boolean slice = false;
        @Nullable Expression part = null;
        while (!in.takeOperator("]")) {
            if (in.takeOperator(":")) {
                parts.add(part);
                part = null;
                slice = true;
            } else {
                part = expressions.expression();
            }
        }
        parts.add(part);
        Expression index = parts.get(0);
        if (!slice) {
            if (index == null) {
                throw in.current().fault("an index");
            }
            return scope -> Attributes.item(object.evaluate(scope), index.evaluate(scope));
        }
        Expression to = parts.get(1);
        Expression by = parts.size() > 2 ? parts.get(2) : null;
        return scope -> Attributes.slice(
                object.evaluate(scope),
                index == null ? null : index.evaluate(scope),
                to == null ? null : to.evaluate(scope),
                by == null ? null : by.evaluate(scope));
    }

    private Expression call(Expression function) {
        CallArguments arguments = arguments();
        return scope -> {
            scope.rendering().step();
            Object value = function.evaluate(scope);
            if (value instanceof Callable callable) {
                return callable.call(arguments.evaluate(scope));
            }
            throw value instanceof Undefined undefined
                    ? undefined.error()
                    : new JinjaException(Values.clipped(Values.repr(value)) + " can't be called");
        };
    }

    CallArguments arguments() {
        in.expectOperator("(");
        List<Expression> positional = new ArrayList<>();
        Map<String, Expression> named = new LinkedHashMap<>();
        while (!in.takeOperator(")")) {
            if (in.isKind(Kind.NAME) && in.ahead().isOperator("=")) {
                String name = in.expectName();
                in.take();
                named.put(name, expressions.expression());
            } else {
                positional.add(expressions.expression());
            }
            if (!in.current().isOperator(")")) {
                in.expectOperator(",");
            }
        }
        return new CallArguments(positional, named);
    }

    Expression filtered(Expression value) {
        Expression result = value;
        while (true) {
            if (in.takeOperator("|")) {
                result = filter(result);
            } else if (in.takeName("is")) {
                result = test(result);
            } else if (in.current().isOperator("(")) {
                result = call(result);
            } else {
                return result;
            }
        }
    }

    /** Parses a filter's name and arguments after the bar. */
    Expression filter(Expression value) {
        Token token = in.current();
        String name = in.expectName();
        if (!Filters.NAMES.contains(name)) {
            throw token.fault("the name of a filter");
        }
        CallArguments arguments = in.current().isOperator("(") ? arguments() : CallArguments.NONE;
        return scope -> {
            scope.rendering().step();
            return Filters.apply(name, value.evaluate(scope), arguments.evaluate(scope));
        };
    }

    private Expression test(Expression value) {
        boolean negated = in.takeName("not");
        Token token = in.current();
        String name = in.expectName();
        if (!Tests.NAMES.contains(name)) {
            throw token.fault("the name of a test");
        }
        CallArguments arguments = testArguments();
        return scope -> {
            scope.rendering().step();
            return negated != Tests.apply(name, value.evaluate(scope), arguments.evaluate(scope));
        };
    }

    private CallArguments testArguments() {
        Token token = in.current();
        if (token.isOperator("(")) {
            return arguments();
        }
        boolean another = switch (token.kind()) {
            case NAME -> !Set.of("else", "or", "and", "if", "is").contains(token.text());
            case STRING, INTEGER, FLOAT -> true;
            case OPERATOR -> token.text().equals("[") || token.text().equals("{");
            default -> false;
        };
        return another ? new CallArguments(List.of(behind(expressions.primary())), Map.of()) : CallArguments.NONE;
    }
}

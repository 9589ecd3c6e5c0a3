package org.sqltune.data.chat.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqltune.data.chat.jinja.Token.Kind;
import org.sqltune.data.chat.jinja.value.Arguments;
import org.sqltune.data.chat.jinja.value.Attributes;
import org.sqltune.data.chat.jinja.value.Callable;
import org.sqltune.data.chat.jinja.value.Filters;
import org.sqltune.data.chat.jinja.value.JinjaException;
import org.sqltune.data.chat.jinja.value.Operators;
import org.sqltune.data.chat.jinja.value.Tests;
import org.sqltune.data.chat.jinja.value.Tuple;
import org.sqltune.data.chat.jinja.value.Undefined;
import org.sqltune.data.chat.jinja.value.Values;

/** Parses expressions with Jinja's precedence: filters bind more tightly than any operator. */
final class ExpressionParser {
    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");
    private static final Set<String> PRODUCTS = Set.of("*", "/", "//", "%");

    private final TokenStream in;

    ExpressionParser(TokenStream in) {
        this.in = in;
    }

    /** Parses an expression, including {@code a if b else c}. */
    Expression expression() {
        Expression value = or();
        while (in.takeName("if")) {
            Expression then = value;
            Expression condition = or();
            Expression otherwise = in.takeName("else")
                    ? expression()
                    : scope -> new Undefined("the condition was false and there is no else");
            value = scope ->
                    Values.isTrue(condition.evaluate(scope)) ? then.evaluate(scope) : otherwise.evaluate(scope);
        }
        return value;
    }

    /** Parses an expression, or several with commas as a tuple. */
    Expression tuple(boolean withCondition) {
        List<Expression> items = new ArrayList<>();
        boolean comma = false;
        while (!endsTuple()) {
            items.add(withCondition ? expression() : or());
            if (!in.takeOperator(",")) {
                break;
            }
            comma = true;
        }
        if (items.isEmpty()) {
            throw in.current().fault("an expression");
        }
        return comma ? tuple(items) : items.get(0);
    }

    private boolean endsTuple() {
        return in.isKind(Kind.BLOCK_END)
                || in.isKind(Kind.PRINT_END)
                || in.isKind(Kind.END)
                || in.current().isOperator(")")
                || in.current().isOperator("]");
    }

    private static Expression tuple(List<Expression> items) {
        return scope -> {
            List<@Nullable Object> values = new ArrayList<>();
            items.forEach(item -> values.add(item.evaluate(scope)));
            return new Tuple(values);
        };
    }

    Expression or() {
        Expression left = and();
        while (in.takeName("or")) {
            Expression first = left;
            Expression second = and();
            left = scope -> {
                Object value = first.evaluate(scope);
                return Values.isTrue(value) ? value : second.evaluate(scope);
            };
        }
        return left;
    }

    private Expression and() {
        Expression left = not();
        while (in.takeName("and")) {
            Expression first = left;
            Expression second = not();
            left = scope -> {
                Object value = first.evaluate(scope);
                return Values.isTrue(value) ? second.evaluate(scope) : value;
            };
        }
        return left;
    }

    private Expression not() {
        if (in.takeName("not")) {
            Expression operand = not();
            return scope -> !Values.isTrue(operand.evaluate(scope));
        }
        return comparison();
    }

    /** Parses comparisons; {@code a < b < c} evaluates b once. */
    private Expression comparison() {
        Expression first = sum();
        List<String> operators = new ArrayList<>();
        List<Expression> operands = new ArrayList<>();
        String operator = comparisonOperator();
        while (operator != null) {
            operators.add(operator);
            operands.add(sum());
            operator = comparisonOperator();
        }
        if (operators.isEmpty()) {
            return first;
        }
        return scope -> {
            Object left = first.evaluate(scope);
            for (int i = 0; i < operators.size(); i++) {
                Object right = operands.get(i).evaluate(scope);
                if (!Operators.compare(operators.get(i), left, right)) {
                    return false;
                }
                left = right;
            }
            return true;
        };
    }

    private @Nullable String comparisonOperator() {
        Token token = in.current();
        if (token.kind() == Kind.OPERATOR && COMPARISONS.contains(token.text())) {
            return in.take().text();
        }
        if (token.isName("in")) {
            return in.take().text();
        }
        if (token.isName("not") && in.ahead().isName("in")) {
            in.take();
            in.take();
            return "not in";
        }
        return null;
    }

    private Expression sum() {
        Expression left = concatenation();
        while (in.current().isOperator("+") || in.current().isOperator("-")) {
            left = binary(in.take().text(), left, concatenation());
        }
        return left;
    }

    private Expression concatenation() {
        Expression left = product();
        while (in.takeOperator("~")) {
            left = binary("~", left, product());
        }
        return left;
    }

    private Expression product() {
        Expression left = power();
        while (in.isKind(Kind.OPERATOR) && PRODUCTS.contains(in.current().text())) {
            left = binary(in.take().text(), left, power());
        }
        return left;
    }

    private Expression power() {
        Expression left = unary(true);
        while (in.takeOperator("**")) {
            left = binary("**", left, unary(true));
        }
        return left;
    }

    private static Expression binary(String operator, Expression left, Expression right) {
        return scope -> {
            scope.rendering().step();
            return Operators.apply(operator, left.evaluate(scope), right.evaluate(scope));
        };
    }

    private Expression unary(boolean withFilter) {
        Expression value;
        if (in.takeOperator("-")) {
            Expression operand = unary(false);
            value = scope -> Operators.negate(operand.evaluate(scope));
        } else if (in.takeOperator("+")) {
            value = unary(false);
        } else {
            value = primary();
        }
        value = postfix(value);
        return withFilter ? filtered(value) : value;
    }

    private Expression primary() {
        Token token = in.take();
        return switch (token.kind()) {
            case NAME -> name(token.text());
            case STRING -> {
                StringBuilder text = new StringBuilder(token.text());
                while (in.isKind(Kind.STRING)) {
                    text.append(in.take().text());
                }
                String whole = text.toString();
                yield scope -> whole;
            }
            case INTEGER -> whole(token);
            case FLOAT -> {
                Double number = Double.valueOf(token.text());
                yield scope -> number;
            }
            case OPERATOR -> bracketed(token);
            default -> throw token.fault("an expression");
        };
    }

    private static Expression whole(Token token) {
        try {
            Long number = Long.valueOf(token.text());
            return scope -> number;
        } catch (NumberFormatException e) {
            throw token.fault("a number below 2^63");
        }
    }

    private static Expression name(String name) {
        return switch (name) {
            case "true", "True" -> scope -> true;
            case "false", "False" -> scope -> false;
            case "none", "None" -> scope -> null;
            default -> scope -> scope.get(name);
        };
    }

    private Expression bracketed(Token token) {
        return switch (token.text()) {
            case "(" -> {
                Expression inside = in.current().isOperator(")") ? tuple(List.of()) : tuple(true);
                in.expectOperator(")");
                yield inside;
            }
            case "[" -> list();
            case "{" -> map();
            default -> throw token.fault("an expression");
        };
    }

    private Expression list() {
        List<Expression> items = new ArrayList<>();
        while (!in.takeOperator("]")) {
            items.add(expression());
            if (!in.current().isOperator("]")) {
                in.expectOperator(",");
            }
        }
        return scope -> {
            List<@Nullable Object> values = new ArrayList<>();
            items.forEach(item -> values.add(item.evaluate(scope)));
            return values;
        };
    }

    private Expression map() {
        List<Expression> keys = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        while (!in.takeOperator("}")) {
            keys.add(expression());
            in.expectOperator(":");
            values.add(expression());
            if (!in.current().isOperator("}")) {
                in.expectOperator(",");
            }
        }
        return scope -> {
            Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
            for (int i = 0; i < keys.size(); i++) {
                map.put(keys.get(i).evaluate(scope), values.get(i).evaluate(scope));
            }
            return map;
        };
    }

    /** Parses attributes, indices and calls after a value. */
    Expression postfix(Expression value) {
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
            Expression index = whole(in.take());
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
                part = expression();
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

    /** The unevaluated arguments of a call. */
    record CallArguments(List<Expression> positional, Map<String, Expression> named) {
        static final CallArguments NONE = new CallArguments(List.of(), Map.of());

        Arguments evaluate(Scope scope) {
            List<@Nullable Object> values = new ArrayList<>();
            positional.forEach(each -> values.add(each.evaluate(scope)));
            Map<String, @Nullable Object> byName = new LinkedHashMap<>();
            named.forEach((name, each) -> byName.put(name, each.evaluate(scope)));
            return new Arguments(values, byName);
        }
    }

    CallArguments arguments() {
        in.expectOperator("(");
        List<Expression> positional = new ArrayList<>();
        Map<String, Expression> named = new LinkedHashMap<>();
        while (!in.takeOperator(")")) {
            if (in.isKind(Kind.NAME) && in.ahead().isOperator("=")) {
                String name = in.expectName();
                in.take();
                named.put(name, expression());
            } else {
                positional.add(expression());
            }
            if (!in.current().isOperator(")")) {
                in.expectOperator(",");
            }
        }
        return new CallArguments(positional, named);
    }

    private Expression filtered(Expression value) {
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
        return another ? new CallArguments(List.of(postfix(primary())), Map.of()) : CallArguments.NONE;
    }
}

package org.sqltune.data.chat.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqltune.data.chat.jinja.Token.Kind;
import org.sqltune.data.chat.jinja.value.Tuple;

/** Parses primary expressions: names, numbers, texts, and expressions in brackets. */
final class LiteralParser {
    private final TokenStream in;
    private final ExpressionParser expressions;

    LiteralParser(TokenStream in, ExpressionParser expressions) {
        this.in = in;
        this.expressions = expressions;
    }

    Expression primary() {
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

    static Expression whole(Token token) {
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
                Expression inside = in.current().isOperator(")") ? tuple(List.of()) : expressions.tuple(true);
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
            items.add(expressions.expression());
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
            keys.add(expressions.expression());
            in.expectOperator(":");
            values.add(expressions.expression());
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

    static Expression tuple(List<Expression> items) {
        return scope -> {
            List<@Nullable Object> values = new ArrayList<>();
            items.forEach(item -> values.add(item.evaluate(scope)));
            return new Tuple(values);
        };
    }
}

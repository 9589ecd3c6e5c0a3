package org.sqltune.data.chat.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqltune.data.chat.jinja.Token.Kind;
import org.sqltune.data.chat.jinja.value.Operators;
import org.sqltune.data.chat.jinja.value.Undefined;
import org.sqltune.data.chat.jinja.value.Values;

/** Parses expressions with Jinja's precedence: filters bind more tightly than any operator. */
final class ExpressionParser {
    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");
    private static final Set<String> PRODUCTS = Set.of("*", "/", "//", "%");

    private final TokenStream in;
    private final LiteralParser literals;
    private final PostfixParser postfixes;

    ExpressionParser(TokenStream in) {
        this.in = in;
        literals = new LiteralParser(in, this);
        postfixes = new PostfixParser(in, this);
    }

    /** Returns the parser of what follows values. */
    PostfixParser postfixes() {
        return postfixes;
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
        return comma ? LiteralParser.tuple(items) : items.get(0);
    }

    private boolean endsTuple() {
        return in.isKind(Kind.BLOCK_END)
                || in.isKind(Kind.PRINT_END)
                || in.isKind(Kind.END)
                || in.current().isOperator(")")
                || in.current().isOperator("]");
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
        value = postfixes.behind(value);
        return withFilter ? postfixes.filtered(value) : value;
    }

    /** Parses a name, a number, a text, or an expression in brackets. */
    Expression primary() {
        return literals.primary();
    }
}
